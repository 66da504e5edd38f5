using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Features;
using S3Lister.Local.SigV4;

namespace S3Lister.Local.Gateway;

/// <summary>A request and its response, with what is known about them so far.</summary>
internal sealed class Exchange(HttpContext context, TimeProvider timeProvider)
{
    private readonly long _started = timeProvider.GetTimestamp();

    public HttpContext Context => context;

    /// <summary>As in the <c>apigw-requestid</c> header: 15 characters of Base64 and a <c>=</c>.</summary>
    public string RequestId { get; } =
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(11)).Replace('/', '-').Replace('+', '-');

    public DateTimeOffset Time { get; } = timeProvider.GetUtcNow();

    /// <summary>Path and query as in the request line.</summary>
    public string Target { get; } = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    public string? RouteKey { get; set; }

    public Identity? Caller { get; set; }

    public string? Error { get; set; }

    /// <summary>How to correct a refused signature.</summary>
    public IReadOnlyList<string> Explanation { get; set; } = [];

    /// <summary>
    /// The path of an event is decoded, slashes included, and ends at a decoded question mark: seen in events of the
    /// service (honojs/hono#2156, hotsock/voker#8).
    /// </summary>
    public string DecodePath() => UriEncoding.DecodeText(Target.Split('?')[0]).Split('?')[0];

    public async Task SendAsync(GatewayResponse response)
    {
        var output = context.Response;
        output.StatusCode = response.StatusCode;
        foreach (var (name, value) in response.Headers)
        {
            output.Headers.Append(name, value);
        }

        foreach (var cookie in response.Cookies)
        {
            output.Headers.Append("set-cookie", cookie);
        }

        output.Headers["apigw-requestid"] = RequestId;
        if (response.StatusCode is < 200 or StatusCodes.Status204NoContent or StatusCodes.Status304NotModified)
        {
            return;
        }

        output.ContentLength = response.Body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await output.BodyWriter.WriteAsync(response.Body, context.RequestAborted);
        }
    }

    public AccessLogEntry Log(GatewayResponse response) => new()
    {
        RequestId = RequestId,
        Method = context.Request.Method,
        Target = Target,
        RouteKey = RouteKey,
        Status = response.StatusCode,
        ResponseLength = response.Body.Length,
        Latency = timeProvider.GetElapsedTime(_started),
        Caller = Caller?.UserArn,
        Error = Error,
        Explanation = Explanation,
    };
}
