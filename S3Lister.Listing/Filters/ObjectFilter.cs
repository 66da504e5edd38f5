using System.Globalization;
using System.Text;
using S3Lister.Listing.S3;
using S3Lister.Listing.Xml;

namespace S3Lister.Listing.Filters;

/// <summary>
/// Which objects a caller wants to see. It does not reduce the cost at S3, which lists all objects anyway. Common prefixes
/// are not filtered.
/// </summary>
/// <param name="Include">Matches the keys to include, without the prefix; null for all.</param>
/// <param name="Exclude">Matches the keys to exclude, without the prefix; null for none.</param>
/// <param name="MinSize">The minimum, in bytes; null for no limit.</param>
/// <param name="MaxSize">The maximum, in bytes; null for no limit.</param>
/// <param name="ModifiedAfter">The earliest instant; null for no limit.</param>
/// <param name="ModifiedBefore">The instant before which objects were modified; null for no limit.</param>
/// <param name="StorageClasses">The storage classes to include, sorted; empty for all.</param>
internal sealed record ObjectFilter(
    Glob? Include, Glob? Exclude, long? MinSize, long? MaxSize,
    DateTimeOffset? ModifiedAfter, DateTimeOffset? ModifiedBefore, IReadOnlyList<string> StorageClasses)
{
    public static ObjectFilter None { get; } = new(null, null, null, null, null, null, []);

    /// <summary>Whether any filter is set.</summary>
    public bool IsActive { get; } = Include is not null || Exclude is not null || MinSize is not null || MaxSize is not null
        || ModifiedAfter is not null || ModifiedBefore is not null || StorageClasses.Count > 0;

    /// <summary>The filter's values, for the digest of a token: equal filters have equal values.</summary>
    public IEnumerable<string> Canonical =>
    [
        Include?.Pattern ?? "", Exclude?.Pattern ?? "", Text(MinSize), Text(MaxSize),
        Text(ModifiedAfter?.UtcTicks), Text(ModifiedBefore?.UtcTicks), string.Join(',', StorageClasses),
    ];

    private readonly byte[][] _storageClasses = [.. StorageClasses.Select(Encoding.UTF8.GetBytes)];

    /// /// <param name="prefixLength">The length of the listing's prefix in bytes; globs match the rest of the key.</param>
    public bool Accepts(ObjectEntry entry, int prefixLength) =>
        !(entry.Size < MinSize)
        && !(entry.Size > MaxSize)
        && !(entry.LastModified < ModifiedAfter?.UtcDateTime)
        && !(entry.LastModified >= ModifiedBefore?.UtcDateTime)
        && (StorageClasses.Count == 0 || HasStorageClass(entry.StorageClass))
        && Include?.Matches(entry.Key[prefixLength..]) is not false
        && Exclude?.Matches(entry.Key[prefixLength..]) is not true;

    /// <summary>Drops the objects of a page that the filter does not accept. Common prefixes remain.</summary>
    /// <param name="prefixLength">The length of the listing's prefix in bytes.</param>
    /// <param name="room">The number of entries wanted.</param>
    /// <returns>The number of S3's entries, from the first, that contain <paramref name="room"/> accepted ones; all if there are fewer.</returns>
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

        page.KeepFirstObjects(kept);
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
