using System.Net;
using S3Lister.Functions.Access;
using S3Lister.Functions.Gateway;
using S3Lister.Functions.Query;
using S3Lister.Listing.S3;

namespace S3Lister.Functions.Pipeline;

/// <summary>What an answer says when there is no listing: one row of the contract's table of errors.</summary>
/// <param name="Detail">For the caller: what would be right, or what to do. No input, no exception's message.</param>
/// <param name="Parameter">The query parameter that is to blame; null for none of ours.</param>
internal sealed record Problem(HttpStatusCode Status, string Code, string Title, string Detail, string? Parameter = null)
{
    /// <summary>Seconds. S3 wants ramp-ups spread over minutes; the SDK has waited and retried already.</summary>
    private const int DefaultRetryAfter = 2;

    /// <summary>Seconds, at least 1: S3's own where it sent one; null where no header says when to try again.</summary>
    public int? RetryAfter { get; private init; }

    /// <summary>The one mapping from failure to status.</summary>
    /// <param name="exception">What ended the request.</param>
    /// <param name="deadlinePassed">Whether our own deadline had come.</param>
    public static Problem From(Exception exception, bool deadlinePassed) => exception switch
    {
        InvalidRequestException { IsContinuationToken: true } e => new(
            HttpStatusCode.BadRequest, "InvalidContinuationToken", "Invalid continuation token", e.Message, e.Parameter),
        InvalidRequestException e => new(
            HttpStatusCode.BadRequest, "InvalidParameter", "Invalid parameter", e.Message, e.Parameter),
        NotAcceptableException e => new(
            HttpStatusCode.NotAcceptable, "NotAcceptable", "Not acceptable", e.Message),
        PrefixNotAllowedException e => new(
            HttpStatusCode.Forbidden, "PrefixNotAllowed", "Prefix not allowed", e.Message),
        OperationCanceledException when deadlinePassed => new(
            HttpStatusCode.GatewayTimeout, "DeadlineExceeded", "Deadline exceeded",
            "S3 did not answer within the time that this service has for a request. Ask again."),
        UpstreamException { Cause: UpstreamCause.Throttled } e => new(
            HttpStatusCode.ServiceUnavailable, "SlowDown", "Slow down",
            "S3 asks for fewer requests. Wait as long as Retry-After says, then send the request again.")
        {
            RetryAfter = e.RetryAfter ?? DefaultRetryAfter,
        },
        UpstreamException { Cause: UpstreamCause.ServerError or UpstreamCause.Unreachable } e => new(
            HttpStatusCode.ServiceUnavailable, "UpstreamUnavailable", "Upstream unavailable",
            "S3 could not be reached or failed, which usually passes. Wait as long as Retry-After says, then send the request again.")
        {
            RetryAfter = e.RetryAfter ?? DefaultRetryAfter,
        },
        UpstreamException => new(
            HttpStatusCode.BadGateway, "UpstreamFailure", "Upstream failure",
            "S3 returned no listing, and would not the next time. The cause is in the service's log under this request's id."),
        _ => new(
            HttpStatusCode.InternalServerError, "InternalError", "Internal error",
            "The service failed. The cause is in its log under this request's id."),
    };
}
