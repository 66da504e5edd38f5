using System.Net;
using Amazon.Lambda.APIGatewayEvents;
using S3Lister.Functions.Gateway;
using S3Lister.Listing.S3;

namespace S3Lister.Functions.Pipeline;

/// <summary>What is worth knowing of a request when it has ended. No key, prefix or credential is in it.</summary>
/// <param name="Failure">What ended the request without an answer of its own; null for nothing.</param>
/// <param name="Bytes">The response, its envelope included.</param>
/// <param name="IsCold">Whether it is the process's first.</param>
internal sealed record RequestRecord(
    APIGatewayHttpApiV2ProxyRequest Request, HttpResult Result, Exception? Failure, S3Cost Cost, long Bytes, TimeSpan Elapsed, bool IsCold)
{
    public string Route => Request.RouteKey ?? "";

    public string? GatewayRequestId => Request.RequestContext?.RequestId;

    /// <summary>The caller as grants name it.</summary>
    public string? Principal => Request.GetCaller().Name;

    /// <summary>Bytes of the prefix as the caller wrote it: enough to tell a narrow listing from a wide one.</summary>
    public int PrefixLength => Result.PrefixLength;

    /// <summary>Entries answered, or objects summed.</summary>
    public long Listed => Result.Listed;

    public bool IsServerError => Result.StatusCode >= HttpStatusCode.InternalServerError;

    public UpstreamException? Upstream => Failure as UpstreamException ?? Result.Upstream;
}
