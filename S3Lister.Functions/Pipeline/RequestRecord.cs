using System.Net;
using Amazon.Lambda.APIGatewayEvents;
using S3Lister.Functions.Gateway;
using S3Lister.Listing.S3;

namespace S3Lister.Functions.Pipeline;

/// <summary>The data of a completed request for the log and the metrics. It contains no keys, prefixes or credentials.</summary>
/// <param name="Failure">The exception that ended the request; null if there was none.</param>
/// <param name="Connections">The number of connections to S3 that were opened for it; 0 if the one that initialization prepared was used.</param>
/// <param name="Bytes">The size of the response in bytes, including its envelope.</param>
/// <param name="IsCold">Whether it is the first request of the process.</param>
internal sealed record RequestRecord(
    APIGatewayHttpApiV2ProxyRequest Request, HttpResult Result, Exception? Failure, S3Cost Cost, int Connections, long Bytes, TimeSpan Elapsed,
    bool IsCold)
{
    public string Route => Request.RouteKey ?? "";

    public string? GatewayRequestId => Request.RequestContext?.RequestId;

    /// <summary>The caller, in the form that grants use.</summary>
    public string? Principal => Request.GetCaller().Name;

    /// <summary>The length of the prefix in bytes, which distinguishes narrow listings from broad ones.</summary>
    public int PrefixLength => Result.PrefixLength;

    /// <summary>The number of entries returned or objects summed.</summary>
    public long Listed => Result.Listed;

    public bool IsServerError => Result.StatusCode >= HttpStatusCode.InternalServerError;

    public UpstreamException? Upstream => Failure as UpstreamException ?? Result.Upstream;
}
