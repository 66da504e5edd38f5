using S3Lister.Listing.S3;

namespace S3Lister.Listing.Tallies;

/// <summary>Sums by storage class. S3 has about a dozen classes.</summary>
internal sealed class StorageClassTally
{
    /// <summary>More than any store has.</summary>
    private const int MaxClasses = 100;

    /// <summary>In bytes; longer than the name of any class.</summary>
    private const int MaxNameLength = 128;

    private readonly List<(byte[] Name, Sums Sums)> _classes = [];
    private int _last;

    /// <summary>The classes by name, in byte order.</summary>
    public IEnumerable<(byte[] Name, Sums Sums)> All =>
        _classes.Order(Comparer<(byte[] Name, Sums)>.Create(static (left, right) => left.Name.AsSpan().SequenceCompareTo(right.Name)));

    /// <summary>The number of classes so far.</summary>
    public int Count => _classes.Count;

    /// <returns>The number of the class, for <see cref="Name"/>.</returns>
    /// <exception cref="UpstreamException">There are more classes than any store has, or a name is too long.</exception>
    public int Add(ReadOnlySpan<byte> name, long bytes) => Add(name, new Sums(1, bytes));

    /// <inheritdoc cref="Add(ReadOnlySpan{byte}, long)"/>
    public int Add(ReadOnlySpan<byte> name, Sums added)
    {
        // Consecutive objects usually have the same class.
        if (_last >= _classes.Count || !name.SequenceEqual(_classes[_last].Name))
        {
            _last = FindOrAdd(name);
        }

        var (known, sums) = _classes[_last];
        sums.Add(added);
        _classes[_last] = (known, sums);
        return _last;
    }

    public ReadOnlySpan<byte> Name(int number) => _classes[number].Name;

    public Sums Sums(int number) => _classes[number].Sums;

    private int FindOrAdd(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < _classes.Count; i++)
        {
            if (name.SequenceEqual(_classes[i].Name))
            {
                return i;
            }
        }

        if (_classes.Count == MaxClasses || name.Length > MaxNameLength)
        {
            throw new UpstreamException(UpstreamCause.InvalidAnswer, "S3's responses have too many or too long storage classes.");
        }

        _classes.Add((name.ToArray(), default));
        return _classes.Count - 1;
    }
}
