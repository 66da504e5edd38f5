using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// The Lambda Runtime API, version 2018-06-01
/// (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html).
/// </summary>
internal sealed class RuntimeApi : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private static readonly MediaTypeHeaderValue ErrorJson = new("application/vnd.aws.lambda.error+json");

    private readonly HttpMessageInvoker _http;
    private readonly string _runtime;

    /// <param name="endpoint"><c>host:port</c></param>
    public RuntimeApi(string endpoint)
    {
        _runtime = $"http://{endpoint}/2018-06-01/runtime/";

        // The invoker and the bare handler instead of HttpClient: no timeout (the next invocation may be hours away), and
        // nothing on the way that costs milliseconds of a cold start.
#pragma warning disable CA2000 // The invoker disposes of its handler.
        _http = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                UseProxy = false,
                UseCookies = false,
                AllowAutoRedirect = false,
                ActivityHeadersPropagator = null,
            });
#pragma warning restore CA2000
    }

    public async Task<Invocation> NextAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _runtime + "invocation/next");
        using var response = await SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw await ErrorAsync(response, cancellationToken);
        }

        var payload = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        var id = Header(response, "Lambda-Runtime-Aws-Request-Id")
            ?? throw new RuntimeApiClientException("The invocation has no Lambda-Runtime-Aws-Request-Id.", 200, string.Empty);
        _ = long.TryParse(Header(response, "Lambda-Runtime-Deadline-Ms"), CultureInfo.InvariantCulture, out var deadline);
        return new Invocation(id, new MemoryStream(payload))
        {
            DeadlineMs = deadline,
            FunctionArn = Header(response, "Lambda-Runtime-Invoked-Function-Arn"),
            TraceId = Header(response, "Lambda-Runtime-Trace-Id"),
            TenantId = Header(response, "Lambda-Runtime-Aws-Tenant-Id"),
            ClientContextJson = Header(response, "Lambda-Runtime-Client-Context"),
            CognitoIdentityJson = Header(response, "Lambda-Runtime-Cognito-Identity"),
        };
    }

    public async Task SendResponseAsync(string requestId, Stream response, CancellationToken cancellationToken)
    {
        using var content = new StreamContent(response);
        content.Headers.ContentType = Json;
        using var answer = await PostAsync($"invocation/{requestId}/response", content, null, cancellationToken);
    }

    public Task ReportInvocationErrorAsync(string requestId, Exception exception, CancellationToken cancellationToken) =>
        ReportErrorAsync(
            $"invocation/{Uri.EscapeDataString(requestId)}/error",
            exception,
            exception.GetType().Name,
            cancellationToken);

    public Task ReportInitializationErrorAsync(Exception exception, CancellationToken cancellationToken) =>
        ReportErrorAsync("init/error", exception, null, cancellationToken);

    public void Dispose() => _http.Dispose();

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static async Task<RuntimeApiClientException> ErrorAsync(
        HttpResponseMessage response,
        CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var message = status switch
        {
            400 => "Bad Request",
            403 => "Forbidden",
            413 => "Payload Too Large",
            500 => "Container error. Non-recoverable state. Runtime should exit promptly.\n",
            _ => $"The HTTP status code of the response was not expected ({status}).",
        };
        return new RuntimeApiClientException(message, status, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    private static async Task RequireStatusJsonAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            JsonDocument.Parse(body).Dispose();
        }
        catch (JsonException)
        {
            throw new RuntimeApiClientException(
                "Could not deserialize the response body.", (int)response.StatusCode, body);
        }
    }

    private async Task ReportErrorAsync(
        string path,
        Exception exception,
        string? errorType,
        CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(ErrorReport.Write(exception));
        content.Headers.ContentType = ErrorJson;
        using var answer = await PostAsync(path, content, errorType, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.Accepted)
        {
            await RequireStatusJsonAsync(answer, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> PostAsync(
        string path,
        HttpContent content,
        string? errorType,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _runtime + path) { Content = content };
        if (errorType is not null)
        {
            request.Headers.TryAddWithoutValidation("Lambda-Runtime-Function-Error-Type", errorType);
        }

        var response = await SendAsync(request, cancellationToken);
        if (response.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.OK or HttpStatusCode.NoContent)
        {
            return response;
        }

        using (response)
        {
            throw await ErrorAsync(response, cancellationToken);
        }
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.TryAddWithoutValidation("User-Agent", "aws-lambda-dotnet/stand-in");
        return _http.SendAsync(request, cancellationToken);
    }
}
