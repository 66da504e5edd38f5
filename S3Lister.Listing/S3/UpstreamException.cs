namespace S3Lister.Listing.S3;

/// <summary>Why S3 returned no listing. The names are seen by operators, in logs and in <c>/health</c>.</summary>
internal enum UpstreamCause
{
    /// <summary>S3 denies the function's role, or the bucket is not the expected owner's.</summary>
    AccessDenied,

    NoSuchBucket,

    /// <summary>The bucket is in another region than the function's.</summary>
    WrongRegion,

    /// <summary>S3 asked to slow down, also after the SDK's retries.</summary>
    Throttled,

    /// <summary>A whole response that is not a listing, or contradicts the request or itself.</summary>
    InvalidAnswer,

    /// <summary>S3 refuses the request itself.</summary>
    Rejected,

    /// <summary>S3 failed by itself, also after the SDK's retries.</summary>
    ServerError,

    /// <summary>No connection, no credentials, or a response that was cut off or did not end.</summary>
    Unreachable,
}

/// <summary>S3 returned no listing. The message is for the log, never for the caller.</summary>
internal sealed class UpstreamException(UpstreamCause cause, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public UpstreamCause Cause { get; } = cause;

    /// <summary>Whether another try may succeed without anything being changed.</summary>
    public bool IsTransient => Cause is UpstreamCause.Throttled or UpstreamCause.ServerError or UpstreamCause.Unreachable;

    /// <summary>Seconds, at least 1: S3's own <c>Retry-After</c>; null where it sent none.</summary>
    public int? RetryAfter { get; init; }
}
