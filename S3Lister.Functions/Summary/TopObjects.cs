namespace S3Lister.Functions.Summary;

/// <summary>An object that is named in a summary. Its key's array may be longer than the key.</summary>
/// <param name="Rank">The higher, the further to the front.</param>
/// <param name="StorageClass">A number of <see cref="StorageClassTally"/>.</param>
internal readonly record struct NamedObject(
    long Rank, byte[] Array, int Length, long Size, DateTime LastModified, int StorageClass)
{
    public ReadOnlySpan<byte> Key => Array.AsSpan(0, Length);

    /// <summary>Of equals the first in byte order is in front.</summary>
    public int CompareTo(long rank, ReadOnlySpan<byte> key) =>
        Rank != rank ? rank.CompareTo(Rank) : Key.SequenceCompareTo(key);
}

/// <summary>The foremost of any number of objects: a heap whose root is the last of those that are kept.</summary>
internal sealed class TopObjects(int room)
{
    private NamedObject[] _heap = [];
    private int _count;

    public IEnumerable<NamedObject> InOrder => _heap.Take(_count)
        .Order(Comparer<NamedObject>.Create(static (left, right) => left.CompareTo(right.Rank, right.Key)));

    /// <summary>Whether an object of this rank might be kept; asked for each object, so before all else.</summary>
    public bool IsOpenTo(long rank) => _count < room || (room > 0 && rank >= _heap[0].Rank);

    public void Offer(long rank, ReadOnlySpan<byte> key, long size, DateTime lastModified, int storageClass)
    {
        if (_count < room)
        {
            if (_count == _heap.Length)
            {
                Array.Resize(ref _heap, Math.Min(room, Math.Max(16, _count * 2)));
            }

            _heap[_count] = new(rank, key.ToArray(), key.Length, size, lastModified, storageClass);
            Raise(_count++);
        }
        else if (room > 0 && _heap[0].CompareTo(rank, key) > 0)
        {
            // The array of the one that goes is taken over: a bucket in the order of its instants replaces each time.
            var array = _heap[0].Array;
            if (array.Length < key.Length)
            {
                array = new byte[key.Length];
            }

            key.CopyTo(array);
            _heap[0] = new(rank, array, key.Length, size, lastModified, storageClass);
            Sink();
        }
    }

    private bool IsBehind(int left, int right) => _heap[left].CompareTo(_heap[right].Rank, _heap[right].Key) > 0;

    private void Raise(int child)
    {
        while (child > 0 && (child - 1) / 2 is var parent && IsBehind(child, parent))
        {
            (_heap[child], _heap[parent]) = (_heap[parent], _heap[child]);
            child = parent;
        }
    }

    private void Sink()
    {
        for (var parent = 0; ;)
        {
            var last = parent;
            for (var child = (2 * parent) + 1; child <= (2 * parent) + 2 && child < _count; child++)
            {
                last = IsBehind(child, last) ? child : last;
            }

            if (last == parent)
            {
                return;
            }

            (_heap[last], _heap[parent]) = (_heap[parent], _heap[last]);
            parent = last;
        }
    }
}
