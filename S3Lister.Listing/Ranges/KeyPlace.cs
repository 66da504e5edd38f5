namespace S3Lister.Listing.Ranges;

/// <summary>The bytes that occurred at one place of keys, and the bytes that are therefore expected there.</summary>
internal sealed class KeyPlace
{
    private readonly bool[] _seen = new bool[256];
    private double[]? _shares;
    private int _nothingNewFrom = 256;

    /// <summary>
    /// Whether digits and letters from <c>a</c> to <c>f</c> have occurred, but no other lower-case letters.
    /// </summary>
    public bool IsHexadecimal => CountSeen('0', '9') > 0 && CountSeen('a', 'f') > 0 && CountSeen('g', 'z') == 0;

    /// <returns>True if the byte is new.</returns>
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

    /// <summary>Discards the computed shares, because the digits turned out to be hexadecimal.</summary>
    public void ResetShares() => _shares = null;

    /// <summary>From this byte on, expects only bytes that have occurred: a request found no others.</summary>
    public void ExpectNothingNewFrom(byte first)
    {
        _nothingNewFrom = Math.Min(_nothingNewFrom, first);
        _shares = null;
    }

    /// <summary>For each byte, the expected share of keys with a lower byte here; 1 after the last.</summary>
    /// <param name="isHexadecimal">Whether digits may be hexadecimal.</param>
    public ReadOnlySpan<double> Shares(bool isHexadecimal) => _shares ??= ComputeShares(isHexadecimal);

    /// <summary>The byte whose interval in <see cref="Shares"/> contains a share.</summary>
    public byte Find(double share, bool isHexadecimal)
    {
        var shares = Shares(isHexadecimal);
        var at = shares.BinarySearch(share);
        at = Math.Clamp(at >= 0 ? at : ~at - 1, 0, 255);

        // Bytes that are not expected have empty intervals: the last byte with this sum has the interval.
        while (at < 255 && shares[at + 1] <= shares[at])
        {
            at++;
        }

        return (byte)at;
    }

    private double[] ComputeShares(bool isHexadecimal)
    {
        var weights = new double[256];
        for (var value = 0; value < 256; value++)
        {
            weights[value] = _seen[value] ? 1 : 0;
        }

        // Where one digit occurred, any digit is expected. The same goes for letters, but less so after a single letter.
        var digits = CountSeen('0', '9');
        RaiseWeights(weights, '0', '9', digits switch { 0 => 0, 1 => 1, _ => 0.25 });
        if (isHexadecimal && digits > 0)
        {
            RaiseWeights(weights, 'a', 'f', digits == 1 ? 1 : 0.25);
        }

        RaiseWeights(weights, 'a', 'z', LetterWeight(CountSeen('a', 'z')));
        RaiseWeights(weights, 'A', 'Z', LetterWeight(CountSeen('A', 'Z')));
        RaiseWeights(weights, 0x80, 0xBF, CountSeen(0x80, 0xBF) > 0 ? 1.0 / 64 : 0);

        for (var value = _nothingNewFrom; value < 256; value++)
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

    private static double LetterWeight(int seen) => seen switch { 0 => 0, 1 => 1.0 / 4096, _ => 1.0 / 16 };

    private static void RaiseWeights(double[] weights, int first, int last, double weight)
    {
        for (var value = first; value <= last; value++)
        {
            weights[value] = Math.Max(weights[value], weight);
        }
    }

    private int CountSeen(int first, int last) => _seen.AsSpan(first, last - first + 1).Count(true);
}
