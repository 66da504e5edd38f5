using System.Text;
using S3Lister.Listing.Filters;

namespace S3Lister.Functions.Objects;

/// <summary>The validated query of <c>GET /objects</c>.</summary>
/// <param name="Prefix">Lists keys that begin with it; empty for all. At most 1024 bytes of UTF-8.</param>
/// <param name="Delimiter">Groups keys into common prefixes; null for none.</param>
/// <param name="StartAfter">Lists keys after it in UTF-8 byte order; null for none, and always null with a token.</param>
/// <param name="MaxKeys">The maximum number of entries on the page, 1 to <see cref="MaxPageSize"/>.</param>
/// <param name="ContinuationToken">The token of the previous page, as the caller sent it; null for the first page.</param>
internal sealed record ListObjectsQuery(
    string Prefix, string? Delimiter, string? StartAfter, int MaxKeys, string? ContinuationToken)
{
    /// <summary>Lists keys before it in UTF-8 byte order; null for no end.</summary>
    public string? EndBefore { get; init; }

    /// <summary>Selects the objects to return.</summary>
    public ObjectFilter Filter { get; init; } = ObjectFilter.None;

    /// <summary>Ten pages of S3, to limit the cost of one call.</summary>
    public const int MaxPageSize = 10_000;

    /// <summary>The default of ListObjectsV2.</summary>
    public const int DefaultMaxKeys = 1000;

    /// <summary>Whether the bounds exclude every key, whatever the bucket contains.</summary>
    public bool ExcludesEveryKey => EndBefore is { } end && (IsAtOrBefore(end, Prefix) || (StartAfter is { } start && IsAtOrBefore(end, start)));

    /// <summary>Whether <see cref="EndBefore"/> is inside a common prefix, of whose keys only some are before it.</summary>
    public bool CutsCommonPrefix =>
        EndBefore is { } end && Delimiter is { } delimiter && end.StartsWith(Prefix, StringComparison.Ordinal)
        && end.IndexOf(delimiter, Prefix.Length, StringComparison.Ordinal) is var at and >= 0 && at + delimiter.Length < end.Length;

    /// <summary>Compares the UTF-8 bytes, whose order is not that of UTF-16.</summary>
    private static bool IsAtOrBefore(string left, string right) =>
        Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right)) <= 0;
}
