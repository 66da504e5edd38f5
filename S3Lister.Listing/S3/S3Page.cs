using S3Lister.Listing.Xml;

namespace S3Lister.Listing.S3;

/// <summary>A page of S3, decoded and checked. Its entries refer to the bytes of S3's response.</summary>
internal sealed class S3Page(ListBucketResult result, string? nextToken) : IDisposable
{
    /// <summary>S3's own continuation token; null on the last page.</summary>
    public string? NextToken => nextToken;

    public int ObjectCount => result.Contents.Length;

    public int CommonPrefixCount => result.CommonPrefixes.Length;

    public int Count => ObjectCount + CommonPrefixCount;

    /// <summary>The length of S3's response.</summary>
    public int Bytes => result.Text.Length;

    /// <summary>The last key or common prefix; empty for a page without entries.</summary>
    public ReadOnlySpan<byte> LastEntry
    {
        get
        {
            var key = ObjectCount > 0 ? Object(ObjectCount - 1).Key : [];
            var commonPrefix = CommonPrefixCount > 0 ? CommonPrefix(CommonPrefixCount - 1) : [];
            return key.SequenceCompareTo(commonPrefix) < 0 ? commonPrefix : key;
        }
    }

    /// <summary>The object at an index, in UTF-8 byte order of the keys.</summary>
    public ObjectEntry Object(int index) => new(result.Text, result.Contents[index]);

    /// <summary>The common prefix at an index, in UTF-8 byte order.</summary>
    public ReadOnlySpan<byte> CommonPrefix(int index) => result.CommonPrefixes[index].In(result.Text);

    /// <summary>Objects and common prefixes together, in UTF-8 byte order.</summary>
    public EntryEnumerator Entries => new(this);

    /// <summary>Overwrites the object at index <paramref name="to"/> with the one at <paramref name="from"/>.</summary>
    public void CopyObject(int from, int to) => result.Contents[to] = result.Contents[from];

    /// <summary>Drops all objects after the first <paramref name="objects"/>.</summary>
    public void KeepFirstObjects(int objects) => result.KeepFirstObjects(objects);

    /// <summary>Drops the entries at or after an end.</summary>
    /// <returns>True if there were any: the rest of the listing is after the end as well.</returns>
    public bool KeepEntriesBefore(ReadOnlySpan<byte> end)
    {
        var (objects, commonPrefixes) = (ObjectCount, CommonPrefixCount);
        while (objects > 0 && Object(objects - 1).Key.SequenceCompareTo(end) >= 0)
        {
            objects--;
        }

        while (commonPrefixes > 0 && CommonPrefix(commonPrefixes - 1).SequenceCompareTo(end) >= 0)
        {
            commonPrefixes--;
        }

        var isPastEnd = objects < ObjectCount || commonPrefixes < CommonPrefixCount;
        result.KeepFirstObjects(objects);
        result.KeepFirstCommonPrefixes(commonPrefixes);
        return isPastEnd;
    }

    /// <summary>For S3-compatible stores that repeat the last common prefix of a page at the start of the next.</summary>
    public void DropFirstCommonPrefix() => result.DropFirstCommonPrefix();

    public void Dispose() => result.Dispose();

    /// <summary>Merges the objects and the common prefixes.</summary>
    internal struct EntryEnumerator(S3Page page)
    {
        private int _object = 0;
        private int _commonPrefix = 0;

        public (int Index, bool IsCommonPrefix) Current { get; private set; }

        public readonly EntryEnumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_object == page.ObjectCount && _commonPrefix == page.CommonPrefixCount)
            {
                return false;
            }

            Current = _commonPrefix == page.CommonPrefixCount
                || (_object < page.ObjectCount && page.Object(_object).Key.SequenceCompareTo(page.CommonPrefix(_commonPrefix)) < 0)
                    ? (_object++, false)
                    : (_commonPrefix++, true);
            return true;
        }
    }
}
