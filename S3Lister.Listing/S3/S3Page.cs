using S3Lister.Listing.Xml;

namespace S3Lister.Listing.S3;

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

    /// <summary>Overwrites the object at index <paramref name="to"/> with the one at <paramref name="from"/>.</summary>
    public void CopyObject(int from, int to) => result.Contents[to] = result.Contents[from];

    /// <summary>Keeps the first <paramref name="objects"/> objects and drops the rest.</summary>
    public void KeepObjects(int objects) => result.Keep(objects);

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
