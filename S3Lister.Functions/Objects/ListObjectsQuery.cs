using S3Lister.Listing.Filters;

namespace S3Lister.Functions.Objects;

/// <summary>What a caller asks of <c>GET /objects</c>, validated.</summary>
/// <param name="Prefix">Keys that begin with it; empty for all. At most 1024 bytes of UTF-8.</param>
/// <param name="Delimiter">Groups keys into common prefixes; null for none.</param>
/// <param name="StartAfter">Keys after it in UTF-8 byte order; null for none, and always with a token.</param>
/// <param name="MaxKeys">Entries on the page at most, 1 to <see cref="LargestPage"/>.</param>
/// <param name="ContinuationToken">The token of the page before, as the caller sent it; null for the first page.</param>
internal sealed record ListObjectsQuery(
    string Prefix, string? Delimiter, string? StartAfter, int MaxKeys, string? ContinuationToken)
{
    /// <summary>Which of the objects to show.</summary>
    public ObjectFilter Filter { get; init; } = ObjectFilter.None;

    /// <summary>Ten of S3's own pages: what one call may cost.</summary>
    public const int LargestPage = 10_000;

    /// <summary>S3's own default.</summary>
    public const int DefaultMaxKeys = 1000;
}
