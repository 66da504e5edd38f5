using System.Globalization;
using System.Text;
using S3Lister.Listing.S3;
using S3Lister.Listing.Xml;

namespace S3Lister.Listing.Filters;

/// <summary>
/// Which objects a caller wants to see. It never makes S3 cheaper: S3 lists them all the same. Common prefixes are no
/// objects and pass.
/// </summary>
/// <param name="Include">Keys, relative to the prefix, that it covers; null for all.</param>
/// <param name="Exclude">Keys, relative to the prefix, that it does not cover; null for none.</param>
/// <param name="MinSize">Bytes, at least; null for no bound.</param>
/// <param name="MaxSize">Bytes, at most; null for no bound.</param>
/// <param name="ModifiedAfter">At this instant or later; null for no bound.</param>
/// <param name="ModifiedBefore">Earlier than this instant; null for no bound.</param>
/// <param name="StorageClasses">One of these, sorted; empty for all.</param>
internal sealed record ObjectFilter(
    Glob? Include, Glob? Exclude, long? MinSize, long? MaxSize,
    DateTimeOffset? ModifiedAfter, DateTimeOffset? ModifiedBefore, IReadOnlyList<string> StorageClasses)
{
    public static ObjectFilter None { get; } = new(null, null, null, null, null, null, []);

    /// <summary>Whether any filter is set.</summary>
    public bool IsActive { get; } = Include is not null || Exclude is not null || MinSize is not null || MaxSize is not null
        || ModifiedAfter is not null || ModifiedBefore is not null || StorageClasses.Count > 0;

    /// <summary>What it says, for the digest of a token: equal for filters that say the same.</summary>
    public IEnumerable<string> Canonical =>
    [
        Include?.Pattern ?? "", Exclude?.Pattern ?? "", Text(MinSize), Text(MaxSize),
        Text(ModifiedAfter?.UtcTicks), Text(ModifiedBefore?.UtcTicks), string.Join(',', StorageClasses),
    ];

    private readonly byte[][] _storageClasses = [.. StorageClasses.Select(Encoding.UTF8.GetBytes)];

    /// <param name="entry">An object.</param>
    /// <param name="prefixLength">Bytes of the listing's prefix, which the globs do not see.</param>
    public bool Accepts(ObjectEntry entry, int prefixLength) =>
        !(entry.Size < MinSize)
        && !(entry.Size > MaxSize)
        && !(entry.LastModified < ModifiedAfter?.UtcDateTime)
        && !(entry.LastModified >= ModifiedBefore?.UtcDateTime)
        && (StorageClasses.Count == 0 || HasStorageClass(entry.StorageClass))
        && Include?.Matches(entry.Key[prefixLength..]) is not false
        && Exclude?.Matches(entry.Key[prefixLength..]) is not true;

    /// <summary>Drops the objects of a page that the filter does not accept. Common prefixes are not objects and remain.</summary>
    /// <param name="page">The page.</param>
    /// <param name="prefixLength">Bytes of the listing's prefix.</param>
    /// <param name="room">The number of entries wanted.</param>
    /// <returns>The number of S3's entries, from the first, that fill the room; all of them when fewer remain.</returns>
    public int Apply(S3Page page, int prefixLength, int room)
    {
        var (kept, seen, accepted, filled) = (0, 0, 0, page.Count);
        foreach (var (index, isCommonPrefix) in page.Entries)
        {
            seen++;
            if (!isCommonPrefix)
            {
                if (!Accepts(page.Object(index), prefixLength))
                {
                    continue;
                }

                page.CopyObject(index, kept++);
            }

            if (++accepted == room)
            {
                filled = seen;
            }
        }

        page.KeepObjects(kept);
        return filled;
    }

    private bool HasStorageClass(ReadOnlySpan<byte> storageClass)
    {
        foreach (var one in _storageClasses)
        {
            if (storageClass.SequenceEqual(one))
            {
                return true;
            }
        }

        return false;
    }

    private static string Text(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
