namespace S3Lister.Client;

/// <summary>A page of objects and common prefixes, in the order of their UTF-8 bytes.</summary>
public sealed record ObjectPage
{
    /// <summary>The bucket that was listed.</summary>
    public required string Bucket { get; init; }

    /// <summary>Whether there is another page. A page can be empty and have another one after it.</summary>
    public required bool IsTruncated { get; init; }

    /// <summary>The token of the next page; null if there is none.</summary>
    public required string? NextContinuationToken { get; init; }

    /// <summary>The objects.</summary>
    public required IReadOnlyList<ListedObject> Contents { get; init; }

    /// <summary>The prefixes up to the next delimiter.</summary>
    public required IReadOnlyList<string> CommonPrefixes { get; init; }

    /// <summary>Number of entries that S3 returned, before filters.</summary>
    public required long Scanned { get; init; }

    /// <summary>Number of LIST requests that the service made for this page.</summary>
    public required long S3Requests { get; init; }
}

/// <summary>An object of the bucket.</summary>
public sealed record ListedObject
{
    /// <summary>The key, unchanged: it may contain any character, line breaks included.</summary>
    public required string Key { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>When the object was last modified.</summary>
    public required DateTimeOffset LastModified { get; init; }

    /// <summary>The entity tag with its quotes; null in a summary.</summary>
    public string? ETag { get; init; }

    /// <summary>The storage class, such as <c>STANDARD</c>.</summary>
    public required string StorageClass { get; init; }

    /// <summary>The checksum algorithms; empty if there are none.</summary>
    public IReadOnlyList<string> ChecksumAlgorithm { get => field ?? []; init; }
}
