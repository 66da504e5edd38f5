namespace S3Lister.Client;

/// <summary>The query of <c>GET /objects</c>.</summary>
public sealed record ListObjectsQuery : ListingQuery
{
    /// <summary>Only keys after this one, in UTF-8 byte order. Not together with a continuation token. Default: null.</summary>
    public string? StartAfter { get; init; }

    /// <summary>Maximum number of entries on a page, 1 to 10000. Default: null, which is the service's default of 1000.</summary>
    public int? MaxKeys { get; init; }

    private protected override void AddTo(SortedDictionary<string, string> parameters)
    {
        base.AddTo(parameters);
        Add(parameters, "start-after", StartAfter);
        Add(parameters, "max-keys", MaxKeys);
    }
}
