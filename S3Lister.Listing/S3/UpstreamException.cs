namespace S3Lister.Listing.S3;

/// <summary>Why S3 returned no listing. Operators see the names in logs and in <c>/health</c>.</summary>
internal enum UpstreamCause
{
    /// <summary>S3 denies access to the function's role, or the bucket has another owner than expected.</summary>
    AccessDenied,

    NoSuchBucket,

    /// <summary>The bucket is in another region than the function.</summary>
    WrongRegion,

    /// <summary>S3 throttled the request, also after the SDK's retries.</summary>
    Throttled,

    /// <summary>A complete response that is not a listing, or contradicts the request or itself.</summary>
    InvalidAnswer,

    /// <summary>S3 rejects the request itself.</summary>
    Rejected,

    /// <summary>S3 returned a server error, also after the SDK's retries.</summary>
    ServerError,

    /// <summary>No connection, no credentials, or a response that is incomplete or does not end.</summary>
    Unreachable,
}

/// <summary>S3 returned no listing. The message is for the log, never for the caller.</summary>
internal sealed class UpstreamException(UpstreamCause cause, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public UpstreamCause Cause { get; } = cause;

    /// <summary>Whether a retry may succeed without any change.</summary>
    public bool IsTransient => Cause is UpstreamCause.Throttled or UpstreamCause.ServerError or UpstreamCause.Unreachable;

    /// <summary>S3's own <c>Retry-After</c>, in seconds, at least 1; null if it sent none.</summary>
    public int? RetryAfter { get; init; }
}
