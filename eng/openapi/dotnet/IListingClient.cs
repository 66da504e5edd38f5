namespace S3Lister.OpenApi;

internal sealed record Entry(string Key, long Size, DateTimeOffset LastModified, string StorageClass);

internal sealed record Page(IReadOnlyList<string> Keys, bool IsTruncated, string? NextContinuationToken);

internal sealed record Sums(string CommonPrefix, long Objects, long Bytes);

/// <param name="Groups">The groups, and last the objects without a group.</param>
internal sealed record Summary(long Objects, long Bytes, IReadOnlyList<Sums> Groups);

/// <summary>A common prefix of the tree.</summary>
/// <param name="Parts">Its own objects, the rest and the nodes in it.</param>
internal sealed record Node(Sums Whole, IReadOnlyList<Sums> Parts);

internal sealed record Problem(int Status, string? Code, string? Parameter);

/// <summary>Two of S3's storage classes.</summary>
internal enum StorageClass
{
    Standard,
    StandardIa,
}

internal sealed record Filters
{
    public DateTimeOffset? ModifiedAfter { get; init; }

    public DateTimeOffset? ModifiedBefore { get; init; }

    public string? MinSize { get; init; }

    public string? MaxSize { get; init; }

    public IReadOnlyList<StorageClass>? StorageClasses { get; init; }
}

/// <summary>A generated client, as the scenario uses it.</summary>
internal interface IListingClient
{
    Task<Page> ListPageAsync(Filters filters, int maxKeys, string? token);

    Task<Summary> SummarizeAsync(string delimiter);

    /// <returns>All nodes of the tree, of every level, in any order.</returns>
    Task<IReadOnlyList<Node>> ReadTreeAsync(string delimiter, int depth);

    /// <summary>A request that fails.</summary>
    Task<Problem> ProblemAsync(int? maxKeys, string? token);
}
