using System.Net;
using S3Lister.Functions.Access;
using S3Lister.Functions.Gateway;
using S3Lister.Functions.Query;
using S3Lister.Listing.S3;

namespace S3Lister.Functions.Pipeline;

/// <summary>The content of an error response: one row of the API's table of errors.</summary>
/// <param name="Detail">The violated rule, or what to do. It contains no input and no messages of libraries.</param>
/// <param name="Parameter">The invalid query parameter; null if there is none.</param>
internal sealed record Problem(HttpStatusCode Status, string Code, string Title, string Detail, string? Parameter = null)
{
    /// <summary>In seconds. The SDK has already retried with backoff; S3 scales up gradually, over minutes.</summary>
    private const int DefaultRetryAfter = 2;

    /// <summary>In seconds, at least 1: the value that S3 sent, or a default. Null for problems without the header.</summary>
    public int? RetryAfter { get; private init; }

    /// <summary>Maps each failure to its problem.</summary>
    /// <param name="exception">The exception that ended the request.</param>
    /// <param name="deadlinePassed">Whether this service's deadline has expired.</param>
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
            "S3 did not respond in time. Retry the request."),
        UpstreamException { Cause: UpstreamCause.Throttled } e => new(
            HttpStatusCode.ServiceUnavailable, "SlowDown", "Slow down",
            "S3 is throttling requests. Wait for the number of seconds in Retry-After, then retry.")
        {
            RetryAfter = e.RetryAfter ?? DefaultRetryAfter,
        },
        UpstreamException { Cause: UpstreamCause.ServerError or UpstreamCause.Unreachable } e => new(
            HttpStatusCode.ServiceUnavailable, "UpstreamUnavailable", "Upstream unavailable",
            "S3 failed or could not be reached, which is usually temporary. Wait for the number of seconds in Retry-After, then retry.")
        {
            RetryAfter = e.RetryAfter ?? DefaultRetryAfter,
        },
        UpstreamException => new(
            HttpStatusCode.BadGateway, "UpstreamFailure", "Upstream failure",
            "S3 did not return a listing, and a retry would not help. The cause is in the service's log under this request's id."),
        _ => new(
            HttpStatusCode.InternalServerError, "InternalError", "Internal error",
            "The service failed. The cause is in its log under this request's id."),
    };
}
