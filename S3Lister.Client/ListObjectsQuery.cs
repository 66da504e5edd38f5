namespace S3Lister.Client;

/// <summary>The query of <c>GET /objects</c>.</summary>
public sealed record ListObjectsQuery : ListingQuery
{
    /// <summary>Only keys after this one, in UTF-8 byte order. Not together with a continuation token. Default: null.</summary>
    public string? StartAfter { get; init; }

    /// <summary>
    /// Only keys before this one, in UTF-8 byte order; together with <see cref="StartAfter"/>, a range. With a delimiter, not inside a
    /// common prefix. Default: null.
    /// </summary>
    public string? EndBefore { get; init; }

    /// <summary>Maximum number of entries on a page, 1 to 10000. Default: null, which is the service's default of 1000.</summary>
    public int? MaxKeys { get; init; }

    private protected override void AddTo(SortedDictionary<string, string> parameters)
    {
        base.AddTo(parameters);
        Add(parameters, "start-after", StartAfter);
        Add(parameters, "end-before", EndBefore);
        Add(parameters, "max-keys", MaxKeys);
    }
}
