using System.Runtime.InteropServices;

namespace S3Lister.Listing.Ranges;

/// <summary>
/// What keys look like, learned from a few of each page: which bytes have been seen at each place. From it a key is a
/// number between 0 and 1, as a number of many digits is, where each place has an alphabet of its own; and a number is a
/// key again. So the middle between two keys has digits where keys have digits, and hexadecimal ones where they have those.
/// </summary>
/// <remarks>
/// Keys are meant without the listing's prefix. A place is counted from the slash before it, so that folders whose names
/// are not of one length have the same places in them.
/// </remarks>
internal sealed class KeyModel
{
    /// <summary>Below it a difference says nothing: a double has 53 bits.</summary>
    public const double MinDifference = 1e-13;

    private const byte Slash = (byte)'/';

    /// <summary>Places of which to learn: each takes up to 2.5 KB, and a key can have a place of its own for each of its bytes.</summary>
    private const int MostPlaces = 4096;

    private readonly List<List<KeyPlace>> _parts = [];
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
                _parts.ForEach(static part => part.ForEach(static place => place.Forget()));
            }

            at = at.Behind(value);
        }
    }

    /// <summary>Takes that there is nothing between a point and what a range was expected to end with.</summary>
    /// <param name="after">The position of the range that was cut there.</param>
    public void LearnEmpty(ReadOnlySpan<byte> after, ReadOnlySpan<byte> point)
    {
        var shared = after.CommonPrefixLength(point);
        if (shared < point.Length)
        {
            Place(Cursor.Behind(point[..shared]))?.RuleOut(point[shared]);
        }
    }

    /// <summary>Where a key lies among those that begin with the same <paramref name="from"/> bytes.</summary>
    public double Value(ReadOnlySpan<byte> key, int from)
    {
        var (value, width) = (0.0, 1.0);
        var at = Cursor.Behind(key[..Math.Min(from, key.Length)]);
        for (var i = from; i < key.Length && width > 1e-18 && Place(at) is { } place; i++)
        {
            var shares = place.Shares(_isHexadecimal);
            value += width * shares[key[i]];
            width *= shares[key[i] + 1] - shares[key[i]];
            at = at.Behind(key[i]);
        }

        return value;
    }

    /// <summary>A text between two keys.</summary>
    /// <param name="after">Before the text.</param>
    /// <param name="end">Behind the text; null for the end of all.</param>
    /// <param name="share">How far between, 0 to 1.</param>
    /// <returns>Null where the model knows of nothing between. Not always UTF-8.</returns>
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
        var at = Cursor.Behind(after[..from]);
        var (value, width) = (0.0, 1.0);
        while ((width > tolerance || after.StartsWith(CollectionsMarshal.AsSpan(text))) && width > 0 && Place(at) is { } place)
        {
            var next = place.Find((target - value) / width, _isHexadecimal);
            var shares = place.Shares(_isHexadecimal);
            value += width * shares[next];
            width *= shares[next + 1] - shares[next];
            text.Add(next);
            at = at.Behind(next);
        }

        return [.. text];
    }

    private KeyPlace? Place(Cursor at) =>
        at.Part < _parts.Count && at.Offset < _parts[at.Part].Count ? _parts[at.Part][at.Offset] : null;

    /// <returns>Null where there is no room for another place.</returns>
    private KeyPlace? PlaceFor(Cursor at)
    {
        // A key is learned from its beginning on, so the place before is there.
        if (at.Part == _parts.Count)
        {
            _parts.Add([]);
        }

        if (at.Offset == _parts[at.Part].Count)
        {
            if (_places == MostPlaces)
            {
                return null;
            }

            _parts[at.Part].Add(new());
            _places++;
        }

        return _parts[at.Part][at.Offset];
    }

    /// <param name="Part">How many slashes there are before.</param>
    /// <param name="Offset">Bytes since the last of them.</param>
    private readonly record struct Cursor(int Part, int Offset)
    {
        public static Cursor Behind(ReadOnlySpan<byte> text) => new(text.Count(Slash), text.Length - 1 - text.LastIndexOf(Slash));

        public Cursor Behind(byte value) => value == Slash ? new(Part + 1, 0) : new(Part, Offset + 1);
    }
}
