using System.Text;
using S3Lister.Listing.Filters;
using S3Lister.Listing.S3;

namespace S3Lister.Functions.Summary;

/// <summary>What a caller asks of <c>GET /summary</c>, validated.</summary>
/// <param name="Prefix">Keys that begin with it; empty for all. At most 1024 bytes of UTF-8.</param>
/// <param name="Delimiter">Groups objects by what S3 would make a common prefix of; null for no groups.</param>
/// <param name="Top">How many objects to name as largest, newest and oldest, 0 to <see cref="LargestTop"/>.</param>
/// <param name="ContinuationToken">The token of the answer before, as the caller sent it; null to begin.</param>
internal sealed record SummaryQuery(string Prefix, string? Delimiter, int Top, string? ContinuationToken)
{
    public const int LargestTop = 1000;

    public const int DefaultTop = 10;

    /// <summary>Bytes that a key may have behind the prefix.</summary>
    public int LongestKey => ListingLimits.MaxKeyLength - Encoding.UTF8.GetByteCount(Prefix);

    /// <summary>Which of the objects to sum.</summary>
    public ObjectFilter Filter { get; init; } = ObjectFilter.None;
}
