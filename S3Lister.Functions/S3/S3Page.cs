using S3Lister.Functions.Listing;

namespace S3Lister.Functions.S3;

/// <summary>One answer of S3, decoded and checked, in the bytes that it came in.</summary>
internal sealed class S3Page(ListBucketResult result, string? nextToken) : IDisposable
{
    /// <summary>S3's own continuation token; null when nothing follows.</summary>
    public string? NextToken => nextToken;

    /// <summary>Objects, in UTF-8 byte order of their keys.</summary>
    public int Objects => result.Contents.Length;

    /// <summary>In UTF-8 byte order.</summary>
    public int CommonPrefixes => result.CommonPrefixes.Length;

    public int Count => Objects + CommonPrefixes;

    /// <summary>What it takes of memory.</summary>
    public int Bytes => result.Text.Length;

    /// <summary>The last key or common prefix; empty when there is none.</summary>
    public ReadOnlySpan<byte> Last
    {
        get
        {
            var key = Objects > 0 ? Object(Objects - 1).Key : [];
            var commonPrefix = CommonPrefixes > 0 ? CommonPrefix(CommonPrefixes - 1) : [];
            return key.SequenceCompareTo(commonPrefix) < 0 ? commonPrefix : key;
        }
    }

    public ObjectEntry Object(int index) => new(result.Text, result.Contents[index]);

    public ReadOnlySpan<byte> CommonPrefix(int index) => result.CommonPrefixes[index].In(result.Text);

    /// <summary>Objects and common prefixes in S3's one order.</summary>
    public InOrder Entries => new(this);

    /// <summary>Drops the objects that are filtered out; common prefixes are no objects and stay.</summary>
    /// <param name="filter">What to keep.</param>
    /// <param name="prefixLength">Bytes of the listing's prefix.</param>
    /// <param name="room">Entries that there is room for.</param>
    /// <returns>
    /// How many of S3's entries, from the first, it takes to fill the room; all of them when what is left does not pass it.
    /// </returns>
    public int Filter(ObjectFilter filter, int prefixLength, int room)
    {
        var (kept, seen, accepted, filled) = (0, 0, 0, Count);
        foreach (var (index, isCommonPrefix) in Entries)
        {
            seen++;
            if (!isCommonPrefix)
            {
                if (!filter.Accepts(Object(index), prefixLength))
                {
                    continue;
                }

                result.Contents[kept++] = result.Contents[index];
            }

            if (++accepted == room)
            {
                filled = seen;
            }
        }

        result.Keep(kept);
        return filled;
    }

    /// <summary>Some S3-compatible stores give the common prefix at a page's end again at the top of the next.</summary>
    public void DropFirstCommonPrefix() => result.DropFirstCommonPrefix();

    public void Dispose() => result.Dispose();

    /// <summary>Walks over both lists at once.</summary>
    internal struct InOrder(S3Page page)
    {
        private int _object = 0;
        private int _commonPrefix = 0;

        public (int Index, bool IsCommonPrefix) Current { get; private set; }

        public readonly InOrder GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_object == page.Objects && _commonPrefix == page.CommonPrefixes)
            {
                return false;
            }

            Current = _commonPrefix == page.CommonPrefixes
                || (_object < page.Objects && page.Object(_object).Key.SequenceCompareTo(page.CommonPrefix(_commonPrefix)) < 0)
                    ? (_object++, false)
                    : (_commonPrefix++, true);
            return true;
        }
    }
}
