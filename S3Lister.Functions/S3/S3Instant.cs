using System.Globalization;
using System.Text;

namespace S3Lister.Functions.S3;

/// <summary>S3's instants, such as <c>2026-11-23T18:19:29.000Z</c>, read and written without a culture's help.</summary>
internal static class S3Instant
{
    /// <summary>Bytes of the longest that is written.</summary>
    public const int Longest = 28;

    /// <returns>Ticks of UTC.</returns>
    /// <exception cref="FormatException">It is no instant.</exception>
    public static long Parse(ReadOnlySpan<byte> text) => TryParse(text, out var ticks)
        ? ticks
        // Some S3-compatible stores write an offset.
        : DateTimeOffset.Parse(Encoding.UTF8.GetString(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).UtcTicks;

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

    private static bool TryParse(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length is < 20 or > Longest || text[^1] != 'Z' || text[4] != '-' || text[7] != '-' || text[10] != 'T'
            || text[13] != ':' || text[16] != ':')
        {
            return false;
        }

        var (year, month, day) = ((Two(text) * 100) + Two(text[2..]), Two(text[5..]), Two(text[8..]));
        var (hour, minute, second) = (Two(text[11..]), Two(text[14..]), Two(text[17..]));
        if (year is < 1 or > 9999 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59)
        {
            return false;
        }

        var fraction = 0L;
        if (text.Length > 20)
        {
            if (text[19] != '.' || text.Length == 21)
            {
                return false;
            }

            var unit = TimeSpan.TicksPerSecond;
            foreach (var digit in text[20..^1])
            {
                if (!char.IsAsciiDigit((char)digit))
                {
                    return false;
                }

                unit /= 10;
                fraction += (digit - '0') * unit;
            }
        }

        ticks = new DateTime(year, month, day, hour, minute, second).Ticks + fraction;
        return true;
    }

    /// <returns>Two digits as a number, or one that is out of every range.</returns>
    private static int Two(ReadOnlySpan<byte> text)
    {
        var (tens, ones) = (text[0] - '0', text[1] - '0');
        return tens is < 0 or > 9 || ones is < 0 or > 9 ? -10_000 : (tens * 10) + ones;
    }

    private static void Two(int value, Span<byte> target)
    {
        target[0] = (byte)('0' + (value / 10));
        target[1] = (byte)('0' + (value % 10));
    }
}
