using System.Net;
using System.Net.Http.Headers;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3;

namespace S3Lister.Listing.S3;

/// <summary>Translates exceptions of the SDK and the HTTP client.</summary>
internal static class S3Failure
{
    /// <summary>Callers should not wait longer, whatever S3 says.</summary>
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromHours(1);

    /// <returns>Null if the exception comes from neither S3, the SDK nor the network.</returns>
    public static UpstreamException? From(Exception exception) => exception switch
    {
        AmazonS3Exception s3 => new(Classify(s3), Describe(s3), s3) { RetryAfter = RetryAfter(s3) },
        AmazonServiceException service => new(UpstreamCause.InvalidAnswer, Describe(service), service),
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
            new(UpstreamCause.Unreachable, "S3's response is longer than any listing", exception),
        AmazonClientException or HttpRequestException or IOException or TimeoutException =>
            new(UpstreamCause.Unreachable, exception.GetType().Name, exception),
        // The HTTP client's timeout; the caller handles the deadline.
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
        + (Header(exception, "x-amz-bucket-region") is { Length: > 0 } region ? $"; the bucket is in {region}" : "");

    /// <summary>
    /// In seconds. A date is relative to the response's own date, so the clock of this machine does not matter.
    /// </summary>
    /// <returns>Null if the header is absent, or is neither a number of seconds nor a date.</returns>
    private static int? RetryAfter(AmazonServiceException exception)
    {
        var delay = ParseHeader(exception, "Retry-After") is { } value
            ? value.Delta ?? (value.Date - ParseHeader(exception, "Date")?.Date)
            : null;
        return delay is { } wait && wait > TimeSpan.Zero ? (int)Math.Clamp(wait.TotalSeconds, 1, MaxRetryAfter.TotalSeconds) : null;
    }

    /// <returns>Seconds or a date; null if the header is absent or neither.</returns>
    private static RetryConditionHeaderValue? ParseHeader(AmazonServiceException exception, string header) =>
        RetryConditionHeaderValue.TryParse(Header(exception, header), out var value) ? value : null;

    private static string? Header(AmazonServiceException exception, string name) =>
        (exception.InnerException as HttpErrorResponseException)?.Response?.GetHeaderValue(name);
}
