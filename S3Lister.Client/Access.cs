namespace S3Lister.Client;

/// <summary>What the caller may list.</summary>
public sealed record Access
{
    /// <summary>The ARN of the user, or of the role that was assumed, that grants are compared with.</summary>
    public required string? Principal { get; init; }

    /// <summary>The bucket that the service lists.</summary>
    public required string Bucket { get; init; }

    /// <summary>The region of the service and of the bucket.</summary>
    public required string Region { get; init; }

    /// <summary>The caller may list every prefix that begins with one of these: empty text for the whole bucket, an empty list for nothing.</summary>
    public required IReadOnlyList<string> Prefixes { get; init; }

    /// <summary>The limits of the service.</summary>
    public required AccessLimits Limits { get; init; }

    /// <summary>The version of the service's code.</summary>
    public required string Version { get; init; }
}

/// <summary>The limits of a service.</summary>
public sealed record AccessLimits
{
    /// <summary>The most entries that one request with filters reads.</summary>
    public required long ScanBudget { get; init; }

    /// <summary>The most LIST requests that one part of a summary makes.</summary>
    public required long RequestBudget { get; init; }

    /// <summary>The largest <see cref="ListObjectsQuery.MaxKeys"/>.</summary>
    public required int MaxKeys { get; init; }
}
