namespace S3Lister.Local.EmbeddedS3.Sample;

/// <summary>Sizes that are roughly log-normal: most are near the median, and a few are much larger.</summary>
/// <param name="Median">Bytes.</param>
/// <param name="Doublings">Standard deviation of the logarithm to base 2: with 1, two thirds are between half and twice the median.</param>
internal readonly record struct SampleSize(long Median, double Doublings)
{
    // The sum of eight random bytes is nearly normal; its variance is 8 · (256² - 1) / 12.
    private const int Bytes = 8;
    private const int Mean = Bytes * 255 / 2;
    private const int StandardDeviation = 209;

    /// <summary>The size that random bytes select; only operations that are the same on every machine are used.</summary>
    /// <param name="random">At least eight bytes.</param>
    public long Select(ReadOnlySpan<byte> random)
    {
        var sum = 0;
        foreach (var value in random[..Bytes])
        {
            sum += value;
        }

        // A straight line between the powers of two replaces the exponential function, whose last digit varies.
        var exponent = (double)(sum - Mean) / StandardDeviation * Doublings;
        var whole = (int)Math.Floor(exponent);
        return (long)(Median * Math.ScaleB(1 + exponent - whole, whole));
    }
}
