namespace S3Lister.Functions.S3;

/// <summary>S3's instants, such as <c>2026-11-23T18:19:29.000Z</c>, as ticks, and as what a response has.</summary>
internal static class S3Instant
{
    /// <summary>Bytes of the longest that is written.</summary>
    public const int Longest = 28;

    /// <returns>Ticks of UTC.</returns>
    /// <exception cref="FormatException">It is not an instant of RFC 3339. Without an offset it would be ambiguous.</exception>
    public static long Parse(ReadOnlySpan<byte> text) => Rfc3339.TryParse(text, out var ticks)
        ? ticks
        : throw new FormatException("It is not an instant of RFC 3339 in the years 0001 to 9999.");

    /// <summary>RFC 3339 in UTC; S3 itself has whole seconds, some compatible stores have fractions.</summary>
    /// <returns>The bytes written to <paramref name="target"/>, which has room for <see cref="Longest"/>.</returns>
    public static int Write(DateTime instant, Span<byte> target)
    {
        var ((year, month, day), (hour, minute, second)) = instant;
        Two(year / 100, target);
        Two(year % 100, target[2..]);
        target[4] = (byte)'-';
        Two(month, target[5..]);
        target[7] = (byte)'-';
        Two(day, target[8..]);
        target[10] = (byte)'T';
        Two(hour, target[11..]);
        target[13] = (byte)':';
        Two(minute, target[14..]);
        target[16] = (byte)':';
        Two(second, target[17..]);

        var length = 19;
        if ((int)(instant.Ticks % TimeSpan.TicksPerSecond) is var fraction and > 0)
        {
            target[length++] = (byte)'.';
            for (var unit = (int)TimeSpan.TicksPerSecond / 10; fraction > 0; unit /= 10)
            {
                target[length++] = (byte)('0' + (fraction / unit));
                fraction %= unit;
            }
        }

        target[length++] = (byte)'Z';
        return length;
    }

    private static void Two(int value, Span<byte> target)
    {
        target[0] = (byte)('0' + (value / 10));
        target[1] = (byte)('0' + (value % 10));
    }
}
