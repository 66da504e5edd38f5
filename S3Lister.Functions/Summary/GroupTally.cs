using S3Lister.Listing.Text;

namespace S3Lister.Functions.Summary;

/// <summary>
/// Sums by what S3 would make a common prefix of. Of more groups than there is room for it keeps the first in byte order,
/// whatever order they come in: a group that has gone to the others is behind all that are kept, and so it stays.
/// </summary>
/// <param name="delimiter">Empty for no groups.</param>
/// <param name="prefixLength">Bytes of the listing's prefix, in which no delimiter counts.</param>
/// <param name="room">How many groups to keep.</param>
internal sealed class GroupTally(byte[] delimiter, int prefixLength, int room)
{
    private static readonly Comparer<byte[]> LastFirst =
        Comparer<byte[]>.Create(static (left, right) => right.AsSpan().SequenceCompareTo(left));

    private readonly Dictionary<byte[], Group> _groups = new(KeyComparer.Instance);
    private readonly PriorityQueue<byte[], byte[]> _names = new(LastFirst);
    private Group _recent = new([]);
    private Sums _ungrouped;
    private Sums _others;

    /// <summary>Objects without a delimiter behind the prefix.</summary>
    public Sums Ungrouped => _ungrouped;

    /// <summary>Objects of the groups that there was no room for.</summary>
    public Sums Others => _others;

    /// <summary>In byte order.</summary>
    public IEnumerable<Group> All => _groups.Values.OrderBy(static group => group.Name, KeyComparer.Instance);

    public void Add(ReadOnlySpan<byte> key, long bytes)
    {
        // Neighbours are most often of one group.
        if (_recent.Name.Length > 0 && key.StartsWith(_recent.Name))
        {
            _recent.Add(bytes);
            return;
        }

        var at = delimiter.Length == 0 ? -1 : key[prefixLength..].IndexOf(delimiter);
        if (at < 0)
        {
            _ungrouped.Add(bytes);
        }
        else if (Find(key[..(prefixLength + at + delimiter.Length)]) is { } group)
        {
            _recent = group;
            group.Add(bytes);
        }
        else
        {
            _others.Add(bytes);
        }
    }

    private Group? Find(ReadOnlySpan<byte> name)
    {
        if (_groups.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(name, out var known))
        {
            return known;
        }

        if (_groups.Count == room)
        {
            if (room == 0 || name.SequenceCompareTo(_names.Peek()) > 0)
            {
                return null;
            }

            _groups.Remove(_names.Dequeue(), out var last);
            _others.Add(last!.Sums);
            _recent = new([]);
        }

        Group group = new(name.ToArray());
        _groups.Add(group.Name, group);
        _names.Enqueue(group.Name, group.Name);
        return group;
    }

    internal sealed class Group(byte[] name)
    {
        private Sums _sums;

        public byte[] Name => name;

        public Sums Sums => _sums;

        public void Add(long bytes) => _sums.Add(bytes);
    }
}
