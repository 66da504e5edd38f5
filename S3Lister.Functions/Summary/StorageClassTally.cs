using S3Lister.Listing.S3;

namespace S3Lister.Functions.Summary;

/// <summary>Sums by storage class. S3 has a dozen of them.</summary>
internal sealed class StorageClassTally
{
    /// <summary>More than any store has.</summary>
    private const int Most = 100;

    /// <summary>Bytes; longer than any class's name.</summary>
    private const int LongestName = 128;

    private readonly List<(byte[] Name, Sums Sums)> _classes = [];
    private int _last;

    /// <summary>By name, in byte order.</summary>
    public IEnumerable<(byte[] Name, Sums Sums)> All =>
        _classes.Order(Comparer<(byte[] Name, Sums)>.Create(static (left, right) => left.Name.AsSpan().SequenceCompareTo(right.Name)));

    /// <returns>The class's number, for <see cref="Name"/>.</returns>
    /// <exception cref="UpstreamException">There are more classes than there can be.</exception>
    public int Add(ReadOnlySpan<byte> name, long bytes)
    {
        // Neighbours are most often of one class.
        if (_last >= _classes.Count || !name.SequenceEqual(_classes[_last].Name))
        {
            _last = Find(name);
        }

        var (known, sums) = _classes[_last];
        sums.Add(bytes);
        _classes[_last] = (known, sums);
        return _last;
    }

    public ReadOnlySpan<byte> Name(int number) => _classes[number].Name;

    private int Find(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < _classes.Count; i++)
        {
            if (name.SequenceEqual(_classes[i].Name))
            {
                return i;
            }
        }

        if (_classes.Count == Most || name.Length > LongestName)
        {
            throw new UpstreamException(UpstreamCause.InvalidAnswer, "S3's responses have more storage classes, or longer ones, than there can be.");
        }

        _classes.Add((name.ToArray(), default));
        return _classes.Count - 1;
    }
}
