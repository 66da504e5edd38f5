namespace S3Lister.Functions.Summary;

/// <summary>
/// What keys look like, learned from a few of each page: which bytes have been seen at each place. From it a key is a
/// number between 0 and 1, as a number of many digits is, where each place has an alphabet of its own; and a number is a
/// key again. So the middle between two keys has digits where keys have digits, and hexadecimal ones where they have those.
/// </summary>
/// <remarks>Keys are meant without the listing's prefix.</remarks>
internal sealed class KeyModel
{
    /// <summary>Below it a difference says nothing: a double has 53 bits.</summary>
    public const double Least = 1e-13;

    private readonly List<KeyPlace> _places = [];
    private bool _isHexadecimal;

    public void Learn(ReadOnlySpan<byte> key)
    {
        for (var i = 0; i < key.Length; i++)
        {
            if (i == _places.Count)
            {
                _places.Add(new());
            }

            if (_places[i].Add(key[i]) && !_isHexadecimal && _places[i].IsHexadecimal)
            {
                _isHexadecimal = true;
                _places.ForEach(static place => place.Forget());
            }
        }
    }

    /// <summary>Takes that there is nothing between a point and what a range was expected to end with.</summary>
    /// <param name="after">The position of the range that was cut there.</param>
    public void LearnEmpty(ReadOnlySpan<byte> after, ReadOnlySpan<byte> point)
    {
        var place = after.CommonPrefixLength(point);
        if (place < point.Length && place < _places.Count)
        {
            _places[place].RuleOut(point[place]);
        }
    }

    /// <summary>Where a key lies among those that begin with the same <paramref name="from"/> bytes.</summary>
    public double Value(ReadOnlySpan<byte> key, int from)
    {
        var (value, width) = (0.0, 1.0);
        for (var i = from; i < key.Length && i < _places.Count && width > 1e-18; i++)
        {
            var shares = _places[i].Shares(_isHexadecimal);
            value += width * shares[key[i]];
            width *= shares[key[i] + 1] - shares[key[i]];
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
        if (high - low < Least)
        {
            return null;
        }

        var target = low + ((high - low) * share);
        var tolerance = (high - low) * Math.Min(share, 1 - share) / 32;
        List<byte> text = [.. after[..from]];
        var (value, width) = (0.0, 1.0);
        for (var i = from; i < _places.Count && (width > tolerance || after.StartsWith(text.AsSpan())); i++)
        {
            var shares = _places[i].Shares(_isHexadecimal);
            var at = shares.BinarySearch((target - value) / width);
            at = Math.Clamp(at >= 0 ? at : ~at - 1, 0, 255);

            // Of bytes that do not occur none has a share: the one that has is the last with this sum.
            while (at < 255 && shares[at + 1] <= shares[at])
            {
                at++;
            }

            text.Add((byte)at);
            value += width * shares[at];
            width *= shares[at + 1] - shares[at];
            if (width <= 0)
            {
                break;
            }
        }

        return [.. text];
    }
}

file static class Lists
{
    public static ReadOnlySpan<byte> AsSpan(this List<byte> list) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(list);
}
