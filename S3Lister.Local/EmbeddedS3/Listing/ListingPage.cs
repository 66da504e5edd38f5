using S3Lister.Local.EmbeddedS3.Protocol;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Local.EmbeddedS3.Listing;

/// <summary>
/// One page of a listing, made to be used again: the names lie in one array, and nothing is allocated for an entry.
/// </summary>
internal sealed class ListingPage
{
    private readonly Entry[] _contents = new Entry[S3Limits.MaxKeysOfPage];
    private readonly Entry[] _commonPrefixes = new Entry[S3Limits.MaxKeysOfPage];
    private byte[] _names = new byte[64 * 1024];
    private int _used;

    public int ContentsCount { get; private set; }

    public int CommonPrefixesCount { get; private set; }

    public int KeyCount => ContentsCount + CommonPrefixesCount;

    /// <summary>Where the next page begins, inclusive, or null when this page is the last one.</summary>
    public byte[]? Next { get; set; }

    public ReadOnlySpan<byte> Key(int index) => Name(_contents[index]);

    public ref readonly ObjectInfo Info(int index) => ref _contents[index].Info;

    public ReadOnlySpan<byte> CommonPrefix(int index) => Name(_commonPrefixes[index]);

    public void Clear() => (ContentsCount, CommonPrefixesCount, _used, Next) = (0, 0, 0, null);

    public void Add(ReadOnlySpan<byte> key, in ObjectInfo info) =>
        _contents[ContentsCount++] = new Entry(Append(key), key.Length, info);

    public void AddCommonPrefix(ReadOnlySpan<byte> prefix) =>
        _commonPrefixes[CommonPrefixesCount++] = new Entry(Append(prefix), prefix.Length, default);

    private ReadOnlySpan<byte> Name(in Entry entry) => _names.AsSpan(entry.Start, entry.Length);

    private int Append(ReadOnlySpan<byte> name)
    {
        if (_names.Length - _used < name.Length)
        {
            Array.Resize(ref _names, _names.Length * 2);
        }

        var start = _used;
        name.CopyTo(_names.AsSpan(start));
        _used += name.Length;
        return start;
    }

    private readonly struct Entry(int start, int length, in ObjectInfo info)
    {
        public readonly ObjectInfo Info = info;
        public readonly int Start = start;
        public readonly int Length = length;
    }
}
