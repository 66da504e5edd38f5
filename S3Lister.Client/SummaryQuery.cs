namespace S3Lister.Client;

/// <summary>The query of <c>GET /summary</c>.</summary>
public sealed record SummaryQuery : ListingQuery
{
    /// <summary>How many of the largest, newest and oldest objects to return, 0 to 1000. Default: null, which is the service's default of 10.</summary>
    public int? Top { get; init; }

    /// <summary>How many levels <see cref="Summary.Tree"/> has, 1 to 8. Needs a delimiter. Default: null, which requests no tree.</summary>
    public int? Depth { get; init; }

    /// <summary>Per mille of the bytes that a node of the tree must have in a part, 0 to 1000. Needs <see cref="Depth"/>. Default: null, which is 0.</summary>
    public int? MinShare { get; init; }

    /// <summary>
    /// At most 12 instants in ascending order that divide the objects into age classes, in <see cref="TreeNode.Ages"/> and in
    /// <see cref="Summary.Cube"/>. Default: empty, which is one class.
    /// </summary>
    public IReadOnlyList<DateTimeOffset> ModifiedEdges { get; init; } = [];

    /// <summary>Whether to sum by age, size and storage class, in <see cref="Summary.Cube"/>. Default: false.</summary>
    public bool ByCube { get; init; }

    /// <summary>Whether to sum by the ending of keys, in <see cref="Summary.Endings"/>. Default: false.</summary>
    public bool ByEnding { get; init; }

    /// <summary>Maximum number of LIST requests of each part, 1 to 1000000. Default: null, which is the service's request budget.</summary>
    public int? MaxRequests { get; init; }

    /// <summary>Into how many ranges <see cref="Summary.Splits"/> cut the keys of each part, 2 to 64. Default: null, which requests none.</summary>
    public int? Splits { get; init; }

    private protected override void AddTo(SortedDictionary<string, string> parameters)
    {
        base.AddTo(parameters);
        Add(parameters, "top", Top);
        Add(parameters, "depth", Depth);
        Add(parameters, "min-share", MinShare);
        Add(parameters, "modified-edges", string.Join(',', ModifiedEdges.Select(edge => Instant(edge))));
        Add(parameters, "by", (ByCube, ByEnding) switch
        {
            (true, true) => "cube,ending",
            (true, false) => "cube",
            (false, true) => "ending",
            _ => null,
        });
        Add(parameters, "max-requests", MaxRequests);
        Add(parameters, "splits", Splits);
    }
}
