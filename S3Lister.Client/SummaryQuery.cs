namespace S3Lister.Client;

/// <summary>The query of <c>GET /summary</c>.</summary>
public sealed record SummaryQuery : ListingQuery
{
    /// <summary>How many of the largest, newest and oldest objects to return, 0 to 1000. Default: null, which is the service's default of 10.</summary>
    public int? Top { get; init; }

    private protected override void AddTo(SortedDictionary<string, string> parameters)
    {
        base.AddTo(parameters);
        Add(parameters, "top", Top);
    }
}
