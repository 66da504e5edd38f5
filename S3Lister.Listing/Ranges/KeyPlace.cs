namespace S3Lister.Listing.Ranges;

/// <summary>What has been seen at one place of keys, and what may therefore be expected there.</summary>
internal sealed class KeyPlace
{
    private readonly bool[] _seen = new bool[256];
    private double[]? _shares;
    private int _ruledOut = 256;

    /// <summary>Whether there are digits and letters up to <c>f</c>, and no other letters.</summary>
    public bool IsHexadecimal => Seen('0', '9') > 0 && Seen('a', 'f') > 0 && Seen('g', 'z') == 0;

    /// <returns>Whether it is new.</returns>
    public bool Add(byte value)
    {
        if (_seen[value])
        {
            return false;
        }

        _seen[value] = true;
        _shares = null;
        return true;
    }

    public void Forget() => _shares = null;

    /// <summary>Expects nothing new from a byte on: somebody has looked.</summary>
    public void RuleOut(byte first)
    {
        _ruledOut = Math.Min(_ruledOut, first);
        _shares = null;
    }

    /// <summary>The share of all bytes below each, and 1 behind the last.</summary>
    /// <param name="isHexadecimal">Whether digits may be hexadecimal ones.</param>
    public ReadOnlySpan<double> Shares(bool isHexadecimal) => _shares ??= Count(isHexadecimal);

    /// <summary>The byte that has a share of all between those below it and those up to it.</summary>
    public byte Find(double share, bool isHexadecimal)
    {
        var shares = Shares(isHexadecimal);
        var at = shares.BinarySearch(share);
        at = Math.Clamp(at >= 0 ? at : ~at - 1, 0, 255);

        // Of bytes that do not occur none has a share: the one that has is the last with this sum.
        while (at < 255 && shares[at + 1] <= shares[at])
        {
            at++;
        }

        return (byte)at;
    }

    private double[] Count(bool isHexadecimal)
    {
        var weights = new double[256];
        for (var value = 0; value < 256; value++)
        {
            weights[value] = _seen[value] ? 1 : 0;
        }

        // Where a digit is, any digit may be; so with letters, less so where one letter has been the only one.
        var digits = Seen('0', '9');
        Expect(weights, '0', '9', digits switch { 0 => 0, 1 => 1, _ => 0.25 });
        if (isHexadecimal && digits > 0)
        {
            Expect(weights, 'a', 'f', digits == 1 ? 1 : 0.25);
        }

        Expect(weights, 'a', 'z', Letters(Seen('a', 'z')));
        Expect(weights, 'A', 'Z', Letters(Seen('A', 'Z')));
        Expect(weights, 0x80, 0xBF, Seen(0x80, 0xBF) > 0 ? 1.0 / 64 : 0);

        for (var value = _ruledOut; value < 256; value++)
        {
            weights[value] = _seen[value] ? 1 : Math.Min(weights[value], 1.0 / 4096);
        }

        var shares = new double[257];
        var total = weights.Sum();
        for (var value = 0; value < 256; value++)
        {
            shares[value + 1] = shares[value] + (weights[value] / total);
        }

        return shares;
    }

    private static double Letters(int seen) => seen switch { 0 => 0, 1 => 1.0 / 4096, _ => 1.0 / 16 };

    private static void Expect(double[] weights, int first, int last, double weight)
    {
        for (var value = first; value <= last; value++)
        {
            weights[value] = Math.Max(weights[value], weight);
        }
    }

    private int Seen(int first, int last) => _seen.AsSpan(first, last - first + 1).Count(true);
}
