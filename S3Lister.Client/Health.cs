namespace S3Lister.Client;

/// <summary>Whether the service can list its bucket.</summary>
public sealed record Health
{
    /// <summary><c>ready</c> or <c>unavailable</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Why the bucket cannot be listed, such as <c>AccessDenied</c> or <c>NoSuchBucket</c>; null if it can be.</summary>
    public required string? Cause { get; init; }

    /// <summary>The bucket's region; null if the bucket cannot be listed.</summary>
    public required string? Region { get; init; }

    /// <summary>The version of the service's code.</summary>
    public required string Version { get; init; }

    /// <summary>Whether the bucket can be listed.</summary>
    public bool IsReady => Status == "ready";
}
