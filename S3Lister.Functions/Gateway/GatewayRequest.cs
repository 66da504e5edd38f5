using Amazon.Lambda.APIGatewayEvents;
using S3Lister.Functions.Access;

namespace S3Lister.Functions.Gateway;

/// <summary>What we read of API Gateway's event, where anything may be missing.</summary>
internal static class GatewayRequest
{
    /// <summary>A header by its lower-case name, as payload format 2.0 writes all names; null when it is not there.</summary>
    public static string? Header(this APIGatewayHttpApiV2ProxyRequest request, string name) =>
        request.Headers is { } headers && headers.TryGetValue(name, out var value) ? value : null;

    /// <summary>The ARN of the caller that IAM let through; null where IAM did not authorize.</summary>
    public static string? UserArn(this APIGatewayHttpApiV2ProxyRequest request) =>
        request.RequestContext?.Authorizer?.IAM?.UserARN;

    /// <summary>Whom API Gateway let through, by IAM or by a token.</summary>
    public static Caller Caller(this APIGatewayHttpApiV2ProxyRequest request) =>
        Access.Caller.Of(request.UserArn(), request.RequestContext?.Authorizer?.Jwt?.Claims);

    public static bool IsHead(this APIGatewayHttpApiV2ProxyRequest request) => request.RequestContext?.Http?.Method == "HEAD";
}
