using System.Buffers.Binary;

namespace S3Lister.Listing.Tallies;

/// <summary>
/// Sums by ending: the 1 to 8 visible ASCII characters after the last dot of a key's last segment, in lower case. Objects
/// without such an ending have the empty one.
/// </summary>
/// <param name="delimiter">Ends a segment.</param>
/// <param name="capacity">The number of endings to count; objects with further endings are summed together.</param>
internal sealed class EndingTally(byte[] delimiter, int capacity)
{
    /// <summary>In bytes, so that an ending is a number.</summary>
    private const int MaxLength = 8;

    private readonly Dictionary<ulong, int> _places = [];
    private readonly List<ulong> _endings = [];
    private Sums[] _sums = new Sums[64];
    private Sums _others;
    private int _recent;

    /// <summary>Objects whose ending came after the capacity was used.</summary>
    public Sums Others => _others;

    /// <summary>The endings, by bytes, then by objects, both descending, then by name.</summary>
    public IEnumerable<(byte[] Ending, Sums Sums)> All =>
        from place in Enumerable.Range(0, _endings.Count)
        let name = Name(_endings[place])
        let sums = _sums[place]
        orderby sums.Bytes descending, sums.Objects descending, BinaryPrimitives.ReverseEndianness(_endings[place])
        select (name, sums);

    public void Add(ReadOnlySpan<byte> key, long bytes)
    {
        var ending = Ending(key);

        // Consecutive keys usually have the same ending.
        if (_recent < _endings.Count && _endings[_recent] == ending)
        {
            _sums[_recent].Add(bytes);
        }
        else if (FindOrAdd(ending) is var place and >= 0)
        {
            _sums[_recent = place].Add(bytes);
        }
        else
        {
            _others.Add(bytes);
        }
    }

    /// <returns>The ending, its first character in the lowest byte; 0 for none.</returns>
    private ulong Ending(ReadOnlySpan<byte> key)
    {
        var segment = key[(key.LastIndexOf(delimiter) is var at and >= 0 ? at + delimiter.Length : 0)..];
        var ending = 0UL;
        for (var length = 0; length <= MaxLength && length < segment.Length; length++)
        {
            var letter = segment[^(length + 1)];
            if (letter == '.')
            {
                return ending;
            }

            if (letter is <= (byte)' ' or >= 0x7f || length == MaxLength)
            {
                return 0;
            }

            ending = (ending << 8) | (letter is >= (byte)'A' and <= (byte)'Z' ? (byte)(letter | 0x20) : letter);
        }

        return 0;
    }

    private int FindOrAdd(ulong ending)
    {
        if (_places.TryGetValue(ending, out var place))
        {
            return place;
        }

        if (_endings.Count == capacity)
        {
            return -1;
        }

        place = _endings.Count;
        if (place == _sums.Length)
        {
            Array.Resize(ref _sums, place * 2);
        }

        _endings.Add(ending);
        _places.Add(ending, place);
        return place;
    }

    private static byte[] Name(ulong ending)
    {
        Span<byte> name = stackalloc byte[MaxLength];
        BinaryPrimitives.WriteUInt64LittleEndian(name, ending);
        return name.TrimEnd((byte)0).ToArray();
    }
}
