using Amazon.Lambda.APIGatewayEvents;
using S3Lister.Functions.Access;

namespace S3Lister.Functions.Gateway;

/// <summary>Reads values of API Gateway's event, in which any property may be missing.</summary>
internal static class GatewayRequest
{
    /// <summary>The header with this lower-case name, as payload format 2.0 writes all names; null if it is missing.</summary>
    public static string? Header(this APIGatewayHttpApiV2ProxyRequest request, string name) =>
        request.Headers is { } headers && headers.TryGetValue(name, out var value) ? value : null;

    /// <summary>The ARN of the caller that IAM authorized; null if IAM did not authorize the call.</summary>
    public static string? UserArn(this APIGatewayHttpApiV2ProxyRequest request) =>
        request.RequestContext?.Authorizer?.IAM?.UserARN;

    /// <summary>The caller that API Gateway authorized, by IAM or by a token.</summary>
    public static Caller GetCaller(this APIGatewayHttpApiV2ProxyRequest request) =>
        Caller.Of(request.UserArn(), request.RequestContext?.Authorizer?.Jwt?.Claims);

    public static bool IsHead(this APIGatewayHttpApiV2ProxyRequest request) => request.RequestContext?.Http?.Method == "HEAD";
}
