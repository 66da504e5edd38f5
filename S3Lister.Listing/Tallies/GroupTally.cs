using S3Lister.Listing.Text;

namespace S3Lister.Listing.Tallies;

/// <summary>
/// Sums by common prefix. If there are more groups than the capacity, it keeps those that are first in byte order, regardless
/// of the order in which they are added: a group that was moved to the others comes after all groups that are kept.
/// </summary>
/// <param name="delimiter">The delimiter; empty for no groups.</param>
/// <param name="prefixLength">The length of the listing's prefix in bytes, in which delimiters are ignored.</param>
/// <param name="capacity">The number of groups to keep.</param>
internal sealed class GroupTally(byte[] delimiter, int prefixLength, int capacity)
{
    private static readonly Comparer<byte[]> Descending =
        Comparer<byte[]>.Create(static (left, right) => right.AsSpan().SequenceCompareTo(left));

    private readonly Dictionary<byte[], Group> _groups = new(KeyComparer.Instance);
    private readonly PriorityQueue<byte[], byte[]> _names = new(Descending);
    private Group _recent = new([]);
    private Sums _ungrouped;
    private Sums _others;

    /// <summary>Objects without a delimiter after the prefix.</summary>
    public Sums Ungrouped => _ungrouped;

    /// <summary>Objects of the groups that exceed the capacity.</summary>
    public Sums Others => _others;

    /// <summary>The groups that are kept, in byte order.</summary>
    public IEnumerable<Group> All => _groups.Values.OrderBy(static group => group.Name, KeyComparer.Instance);

    public void Add(ReadOnlySpan<byte> key, long bytes)
    {
        // Consecutive keys usually belong to the same group.
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
        else if (FindOrAdd(key[..(prefixLength + at + delimiter.Length)]) is { } group)
        {
            _recent = group;
            group.Add(bytes);
        }
        else
        {
            _others.Add(bytes);
        }
    }

    private Group? FindOrAdd(ReadOnlySpan<byte> name)
    {
        var isFull = _groups.Count == capacity;
        if (isFull && (capacity == 0 || name.SequenceCompareTo(_names.Peek()) > 0))
        {
            return null;
        }

        if (_groups.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(name, out var known))
        {
            return known;
        }

        if (isFull)
        {
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
