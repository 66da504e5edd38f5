using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3;

namespace S3Lister.Functions.S3;

/// <summary>Which cause an exception of the SDK stands for.</summary>
internal static class S3Failure
{
    /// <returns>Null when the exception is none of S3's, the SDK's or the network's.</returns>
    public static UpstreamException? From(Exception exception) => exception switch
    {
        AmazonS3Exception s3 => new(Classify(s3), Describe(s3), s3),
        AmazonServiceException service => new(UpstreamCause.InvalidAnswer, Describe(service), service),
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
            new(UpstreamCause.InvalidAnswer, "S3's answer is longer than any listing", exception),
        AmazonClientException or HttpRequestException or IOException or TimeoutException =>
            new(UpstreamCause.Unreachable, exception.GetType().Name, exception),
        // The HTTP client's own time-out; the deadline's is caught before.
        OperationCanceledException => new(UpstreamCause.Unreachable, "S3 did not answer in time", exception),
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
        var (status, _) when status >= HttpStatusCode.InternalServerError => UpstreamCause.ServerError,
        var (status, _) when status >= HttpStatusCode.BadRequest => UpstreamCause.Rejected,
        _ => UpstreamCause.InvalidAnswer,
    };

    private static string Describe(AmazonServiceException exception) =>
        $"S3 answered {(int)exception.StatusCode} {exception.ErrorCode}, request {exception.RequestId}"
        + (Region(exception) is { Length: > 0 } region ? $", and names the region {region}" : "");

    private static string? Region(AmazonServiceException exception) =>
        (exception.InnerException as HttpErrorResponseException)?.Response?.GetHeaderValue("x-amz-bucket-region");
}
