using System.Globalization;
using System.Net.Http.Headers;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// The Lambda Runtime API, version 2018-06-01
/// (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html).
/// </summary>
/// <param name="endpoint"><c>host:port</c></param>
internal sealed class RuntimeApi(string endpoint) : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly MediaTypeHeaderValue ErrorJson = new("application/vnd.aws.lambda.error+json");

    private readonly string _invocation = $"http://{endpoint}/2018-06-01/runtime/invocation/";

    // The bare handler instead of HttpClient: no timeout (the next event may be hours away), and nothing that costs
    // milliseconds of a cold start.
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
    });

    /// <exception cref="HttpRequestException">The Runtime API cannot be reached, or responds with an error.</exception>
    public async Task<Invocation> NextAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _invocation + "next");
        using var response = await SendAsync(request, cancellationToken);
        var payload = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        _ = long.TryParse(Header("Lambda-Runtime-Deadline-Ms"), CultureInfo.InvariantCulture, out var deadline);
        return new Invocation(
            Header("Lambda-Runtime-Aws-Request-Id") ?? throw new HttpRequestException("The event has no Lambda-Runtime-Aws-Request-Id."),
            payload)
        {
            DeadlineMs = deadline,
            FunctionArn = Header("Lambda-Runtime-Invoked-Function-Arn"),
            TraceId = Header("Lambda-Runtime-Trace-Id"),
        };

        string? Header(string name) => response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
    }

    /// <exception cref="HttpRequestException">The Runtime API cannot be reached, or responds with an error.</exception>
    public async Task SendResponseAsync(string requestId, Stream body, CancellationToken cancellationToken)
    {
        using var content = new StreamContent(body);
        content.Headers.ContentType = Json;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_invocation}{requestId}/response") { Content = content };
        using var response = await SendAsync(request, cancellationToken);
    }

    /// <exception cref="HttpRequestException">The Runtime API cannot be reached, or responds with an error.</exception>
    public async Task SendErrorAsync(string requestId, Exception exception, CancellationToken cancellationToken)
    {
        using var content = new ReadOnlyMemoryContent(ErrorReport.Write(exception));
        content.Headers.ContentType = ErrorJson;
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_invocation}{requestId}/error") { Content = content };
        request.Headers.TryAddWithoutValidation("Lambda-Runtime-Function-Error-Type", exception.GetType().Name);
        using var response = await SendAsync(request, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.TryAddWithoutValidation("User-Agent", "aws-lambda-dotnet/stand-in");
        return (await _http.SendAsync(request, cancellationToken)).EnsureSuccessStatusCode();
    }
}
