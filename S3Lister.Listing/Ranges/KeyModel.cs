using System.Runtime.InteropServices;

namespace S3Lister.Listing.Ranges;

/// <summary>
/// What keys look like, learned from a few keys of each page: which bytes occur at each place. The model maps keys to
/// numbers between 0 and 1 and back, in their order, as if each place were a digit with its own alphabet. So the middle
/// between two keys has digits where keys have digits, and hexadecimal digits where they have those.
/// </summary>
/// <remarks>
/// Keys are without the listing's prefix. A place is counted from the preceding slash, so that keys in folders with names of
/// different lengths have the same places.
/// </remarks>
internal sealed class KeyModel
{
    /// <summary>Smaller differences are rounding errors: a double has 53 bits.</summary>
    public const double MinDifference = 1e-13;

    private const byte Slash = (byte)'/';

    /// <summary>A limit for memory: a place takes up to 2.5 KB, and each byte of a key can be at a new place.</summary>
    private const int MaxPlaces = 4096;

    private readonly List<List<KeyPlace>> _segments = [];
    private int _places;
    private bool _isHexadecimal;

    public void Learn(ReadOnlySpan<byte> key)
    {
        var at = default(Cursor);
        foreach (var value in key)
        {
            if (PlaceFor(at) is not { } place)
            {
                return;
            }

            if (place.Add(value) && !_isHexadecimal && place.IsHexadecimal)
            {
                _isHexadecimal = true;
                _segments.ForEach(static segment => segment.ForEach(static place => place.ResetShares()));
            }

            at = at.After(value);
        }
    }

    /// <summary>Learns that there are no keys after the point where a range was cut.</summary>
    /// <param name="after">The position of that range.</param>
    public void LearnEmpty(ReadOnlySpan<byte> after, ReadOnlySpan<byte> point)
    {
        var shared = after.CommonPrefixLength(point);
        if (shared < point.Length)
        {
            Place(Cursor.After(point[..shared]))?.ExpectNothingNewFrom(point[shared]);
        }
    }

    /// <summary>The number of a key among those that share its first <paramref name="from"/> bytes, 0 to 1.</summary>
    public double Value(ReadOnlySpan<byte> key, int from)
    {
        var (value, width) = (0.0, 1.0);
        var at = Cursor.After(key[..Math.Min(from, key.Length)]);
        for (var i = from; i < key.Length && width > 1e-18 && Place(at) is { } place; i++)
        {
            var shares = place.Shares(_isHexadecimal);
            value += width * shares[key[i]];
            width *= shares[key[i] + 1] - shares[key[i]];
            at = at.After(key[i]);
        }

        return value;
    }

    /// <summary>Finds a text between two keys.</summary>
    /// <param name="after">The key before the text.</param>
    /// <param name="end">The key after the text; null for the end of the listing.</param>
    /// <param name="share">The part of the keys between them to be before the text, 0 to 1.</param>
    /// <returns>Null if the model expects no keys between them. The text may be invalid UTF-8.</returns>
    public byte[]? Between(ReadOnlySpan<byte> after, byte[]? end, double share)
    {
        var from = end is null ? 0 : after.CommonPrefixLength(end);
        var low = Value(after, from);
        var high = end is null ? 1 : Value(end, from);
        if (high - low < MinDifference)
        {
            return null;
        }

        var target = low + ((high - low) * share);
        var tolerance = (high - low) * Math.Min(share, 1 - share) / 32;
        List<byte> text = [.. after[..from]];
        var at = Cursor.After(after[..from]);
        var (value, width) = (0.0, 1.0);
        while ((width > tolerance || after.StartsWith(CollectionsMarshal.AsSpan(text))) && width > 0 && Place(at) is { } place)
        {
            var next = place.Find((target - value) / width, _isHexadecimal);
            var shares = place.Shares(_isHexadecimal);
            value += width * shares[next];
            width *= shares[next + 1] - shares[next];
            text.Add(next);
            at = at.After(next);
        }

        return [.. text];
    }

    private KeyPlace? Place(Cursor at) =>
        at.Segment < _segments.Count && at.Offset < _segments[at.Segment].Count ? _segments[at.Segment][at.Offset] : null;

    /// <returns>Null if the model is full.</returns>
    private KeyPlace? PlaceFor(Cursor at)
    {
        // Keys are learned from their start, so the places before this one exist.
        if (at.Segment == _segments.Count)
        {
            _segments.Add([]);
        }

        if (at.Offset == _segments[at.Segment].Count)
        {
            if (_places == MaxPlaces)
            {
                return null;
            }

            _segments[at.Segment].Add(new());
            _places++;
        }

        return _segments[at.Segment][at.Offset];
    }

    /// <summary>A place.</summary>
    /// <param name="Segment">The number of slashes before it.</param>
    /// <param name="Offset">The number of bytes since the last slash.</param>
    private readonly record struct Cursor(int Segment, int Offset)
    {
        public static Cursor After(ReadOnlySpan<byte> text) => new(text.Count(Slash), text.Length - 1 - text.LastIndexOf(Slash));

        public Cursor After(byte value) => value == Slash ? new(Segment + 1, 0) : new(Segment, Offset + 1);
    }
}
