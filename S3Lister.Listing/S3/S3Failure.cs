using System.Net;
using System.Net.Http.Headers;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3;

namespace S3Lister.Listing.S3;

/// <summary>Which cause an exception of the SDK stands for.</summary>
internal static class S3Failure
{
    /// <summary>A longer delay is not one that a caller should believe.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    /// <returns>Null when the exception is not one of S3's, the SDK's or the network's.</returns>
    public static UpstreamException? From(Exception exception) => exception switch
    {
        AmazonS3Exception s3 => new(Classify(s3), Describe(s3), s3) { RetryAfter = RetryAfter(s3) },
        AmazonServiceException service => new(UpstreamCause.InvalidAnswer, Describe(service), service),
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
            new(UpstreamCause.Unreachable, "S3's response is longer than any listing", exception),
        AmazonClientException or HttpRequestException or IOException or TimeoutException =>
            new(UpstreamCause.Unreachable, exception.GetType().Name, exception),
        // The HTTP client's own time-out; the deadline's is caught before.
        OperationCanceledException => new(UpstreamCause.Unreachable, "S3 did not respond in time", exception),
        _ => null,
    };

    private static UpstreamCause Classify(AmazonS3Exception exception) => (exception.StatusCode, exception.ErrorCode) switch
    {
        (_, "SlowDown" or "Throttling" or "ThrottlingException" or "RequestLimitExceeded" or "TooManyRequests") => UpstreamCause.Throttled,
        (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests, _) => UpstreamCause.Throttled,
        (_, "NoSuchBucket") => UpstreamCause.NoSuchBucket,
        (_, "PermanentRedirect" or "TemporaryRedirect" or "AuthorizationHeaderMalformed" or "IllegalLocationConstraintException") => UpstreamCause.WrongRegion,
        (HttpStatusCode.MovedPermanently or HttpStatusCode.TemporaryRedirect, _) => UpstreamCause.WrongRegion,
        (HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized, _) => UpstreamCause.AccessDenied,
        (_, "RequestTimeout") or (HttpStatusCode.RequestTimeout, _) => UpstreamCause.Unreachable,
        (HttpStatusCode.NotImplemented, _) => UpstreamCause.Rejected,
        var (status, _) when status >= HttpStatusCode.InternalServerError => UpstreamCause.ServerError,
        var (status, _) when status >= HttpStatusCode.BadRequest => UpstreamCause.Rejected,
        _ => UpstreamCause.InvalidAnswer,
    };

    private static string Describe(AmazonServiceException exception) =>
        $"S3 responded {(int)exception.StatusCode} {exception.ErrorCode}, request {exception.RequestId}"
        + (Header(exception, "x-amz-bucket-region") is { Length: > 0 } region ? $", and names the region {region}" : "");

    /// <summary>A date counts from the response's own date, so that no clock of ours is in it.</summary>
    /// <returns>Null where there is no such header, or where it is neither seconds nor a date.</returns>
    private static int? RetryAfter(AmazonServiceException exception)
    {
        var delay = Condition(exception, "Retry-After") is { } value
            ? value.Delta ?? (value.Date - Condition(exception, "Date")?.Date)
            : null;
        return delay is { } wait && wait > TimeSpan.Zero ? (int)Math.Clamp(wait.TotalSeconds, 1, LongestDelay.TotalSeconds) : null;
    }

    /// <returns>Seconds or a date; null where the header is neither, or is not there.</returns>
    private static RetryConditionHeaderValue? Condition(AmazonServiceException exception, string header) =>
        RetryConditionHeaderValue.TryParse(Header(exception, header), out var value) ? value : null;

    private static string? Header(AmazonServiceException exception, string name) =>
        (exception.InnerException as HttpErrorResponseException)?.Response?.GetHeaderValue(name);
}
