using System.Text;

namespace S3Lister.Local.Gateway;

/// <summary>https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html</summary>
internal static class GatewayLimits
{
    public const int PayloadBytes = 10 * 1024 * 1024;

    /// <summary>"Total combined size of request line and header values".</summary>
    public const int RequestLineAndHeaderBytes = 10_240;

    public static readonly TimeSpan IntegrationTimeout = TimeSpan.FromSeconds(30);

    public static GatewayResponse? Check(HttpContext context, string rawTarget)
    {
        var request = context.Request;
        var line = $"{request.Method} {rawTarget} {request.Protocol}".Length;
        var values = request.Headers.SelectMany(header => header.Value).Sum(value => Encoding.UTF8.GetByteCount(value!));
        return line > RequestLineAndHeaderBytes ? GatewayResponses.UriTooLong
            : line + values > RequestLineAndHeaderBytes ? GatewayResponses.HeadersTooLarge
            : request.ContentLength > PayloadBytes ? GatewayResponses.RequestTooLarge
            : null;
    }
}
