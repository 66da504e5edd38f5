namespace S3Lister.Functions.Listing;

/// <summary>One answer of S3, decoded and checked.</summary>
/// <param name="Contents">Objects in UTF-8 byte order of their keys.</param>
/// <param name="CommonPrefixes">Decoded, in UTF-8 byte order.</param>
/// <param name="NextToken">S3's own continuation token; null when nothing follows.</param>
internal sealed record S3Page(
    IReadOnlyList<ObjectEntry> Contents, IReadOnlyList<byte[]> CommonPrefixes, string? NextToken)
{
    /// <summary>The last key or common prefix; null when there is none.</summary>
    public byte[]? Last => (Contents, CommonPrefixes) switch
    {
        ([.., var entry], [.., var prefix]) => entry.Key.AsSpan().SequenceCompareTo(prefix) < 0 ? prefix : entry.Key,
        ([.., var entry], []) => entry.Key,
        ([], [.., var prefix]) => prefix,
        _ => null,
    };

    public int Count => Contents.Count + CommonPrefixes.Count;

    /// <summary>Objects and common prefixes in S3's one order: the index into one of the two lists, the other's is -1.</summary>
    public IEnumerable<(int Object, int CommonPrefix)> InOrder()
    {
        var (o, p) = (0, 0);
        while (o < Contents.Count || p < CommonPrefixes.Count)
        {
            yield return p == CommonPrefixes.Count
                || (o < Contents.Count && Contents[o].Key.AsSpan().SequenceCompareTo(CommonPrefixes[p]) < 0)
                    ? (o++, -1)
                    : (-1, p++);
        }
    }
}

/// <param name="Key">UTF-8, any key that S3 can hold.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ETag">With its quotes, as S3 gives it.</param>
/// <param name="LastModified">UTC.</param>
internal readonly record struct ObjectEntry(
    byte[] Key, long Size, DateTime LastModified, string ETag, string StorageClass, IReadOnlyList<string> ChecksumAlgorithm);
