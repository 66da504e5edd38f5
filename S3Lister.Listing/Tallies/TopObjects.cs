namespace S3Lister.Listing.Tallies;

/// <summary>An object that a summary lists. The instance is reused for other objects until the summary is complete.</summary>
internal sealed class NamedObject
{
    /// <summary>Orders by ascending rank; objects of the same rank by descending key.</summary>
    public static readonly Comparer<NamedObject> LastFirst = Comparer<NamedObject>.Create(static (left, right) =>
        left.Rank != right.Rank ? left.Rank.CompareTo(right.Rank) : right.Key.SequenceCompareTo(left.Key));

    private byte[] _key = [];
    private int _keyLength;

    /// <summary>Objects with a higher rank come first.</summary>
    public long Rank { get; private set; }

    public ReadOnlySpan<byte> Key => _key.AsSpan(0, _keyLength);

    public long Size { get; private set; }

    public DateTime LastModified { get; private set; }

    /// <summary>The number of the class in <see cref="StorageClassTally"/>.</summary>
    public int StorageClass { get; private set; }

    public void Set(long rank, ReadOnlySpan<byte> key, long size, DateTime lastModified, int storageClass)
    {
        if (_key.Length < key.Length)
        {
            _key = new byte[key.Length];
        }

        key.CopyTo(_key);
        (Rank, _keyLength, Size, LastModified, StorageClass) = (rank, key.Length, size, lastModified, storageClass);
    }
}

/// <summary>Keeps the objects with the highest ranks; of the same rank, those whose keys are first in byte order.</summary>
/// <param name="capacity">The number of objects to keep.</param>
internal sealed class TopObjects(int capacity)
{
    private readonly PriorityQueue<NamedObject, NamedObject> _queue = new(NamedObject.LastFirst);

    /// <summary>Reused, because in a bucket ordered by time each object replaces another.</summary>
    private NamedObject _spare = new();

    private long _lowestRank = long.MinValue;

    public IEnumerable<NamedObject> InOrder =>
        _queue.UnorderedItems.Select(static item => item.Element).OrderDescending(NamedObject.LastFirst);

    /// <summary>Whether an object of this rank may be kept. Checked for each object, so it is cheap.</summary>
    public bool IsCandidate(long rank) => capacity > 0 && rank >= _lowestRank;

    /// <summary>Adds an object whose rank is a candidate, in place of the last one if there is no more capacity.</summary>
    public void Offer(long rank, ReadOnlySpan<byte> key, long size, DateTime lastModified, int storageClass)
    {
        if (_queue.Count < capacity)
        {
            _spare.Set(rank, key, size, lastModified, storageClass);
            _queue.Enqueue(_spare, _spare);
            _spare = new();
        }
        else if (rank > _lowestRank || key.SequenceCompareTo(_queue.Peek().Key) < 0)
        {
            _spare.Set(rank, key, size, lastModified, storageClass);
            _spare = _queue.DequeueEnqueue(_spare, _spare);
        }

        if (_queue.Count == capacity)
        {
            _lowestRank = _queue.Peek().Rank;
        }
    }
}
