using System.Text;
using S3Lister.Listing.Filters;
using S3Lister.Listing.S3;

namespace S3Lister.Functions.Summary;

/// <summary>The validated query of <c>GET /summary</c>.</summary>
/// <param name="Prefix">Sums objects whose keys begin with it; empty for all. At most 1024 bytes of UTF-8.</param>
/// <param name="Delimiter">Groups objects by common prefix; null for no groups.</param>
/// <param name="Top">The number of largest, newest and oldest objects to list, 0 to <see cref="MaxTop"/>.</param>
/// <param name="ContinuationToken">The token of the previous response, as the caller sent it; null to start.</param>
internal sealed record SummaryQuery(string Prefix, string? Delimiter, int Top, string? ContinuationToken)
{
    public const int MaxTop = 1000;

    public const int DefaultTop = 10;

    public const int MaxDepth = 8;

    public const int MaxMinShare = 1000;

    public const int MaxModifiedEdges = 12;

    /// <summary>Enough for the readers of one machine.</summary>
    public const int MaxSplits = 64;

    /// <summary>The largest request budget that a service can have (<c>S3LISTER_REQUEST_BUDGET</c>).</summary>
    public const int LargestMaxRequests = 1_000_000;

    /// <summary>The maximum length of a key after the prefix, in bytes.</summary>
    public int MaxKeyLength => ListingLimits.MaxKeyLength - Encoding.UTF8.GetByteCount(Prefix);

    /// <summary>
    /// The maximum number of LIST requests of this call, 1 to <see cref="LargestMaxRequests"/>; null for the service's budget,
    /// which limits it in any case. It does not change what is summed, so each part may have another one.
    /// </summary>
    public int? MaxRequests { get; init; }

    /// <summary>The number of ranges to cut the listed keys into, 2 to <see cref="MaxSplits"/>; null for none.</summary>
    public int? Splits { get; init; }

    /// <summary>Selects the objects to sum.</summary>
    public ObjectFilter Filter { get; init; } = ObjectFilter.None;

    /// <summary>The number of levels of the tree, 1 to <see cref="MaxDepth"/>; 0 for no tree.</summary>
    public int Depth { get; init; }

    /// <summary>Per mille of the bytes that a node of the tree must have, 0 to <see cref="MaxMinShare"/>.</summary>
    public int MinShare { get; init; }

    /// <summary>The edges of the age classes in ascending order, at most <see cref="MaxModifiedEdges"/>; empty for one class.</summary>
    public DateTime[] ModifiedEdges { get; init; } = [];

    /// <summary>Whether to sum by age, size and storage class.</summary>
    public bool HasCube { get; init; }

    /// <summary>Whether to sum by ending.</summary>
    public bool HasEndings { get; init; }
}
