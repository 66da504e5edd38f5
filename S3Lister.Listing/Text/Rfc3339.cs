using System.Buffers.Text;

namespace S3Lister.Listing.Text;

/// <summary>Reads and writes RFC 3339 timestamps, independent of culture and clock.</summary>
/// <seealso href="https://www.rfc-editor.org/rfc/rfc3339#section-5.6"/>
internal static class Rfc3339
{
    /// <summary>The number of bytes of the longest text that is written, <c>2026-11-23T18:19:29.1234567Z</c>.</summary>
    public const int MaxLength = 28;

    /// <summary>The number of bytes of <c>2026-11-23T18:19:29</c>.</summary>
    private const int DateTimeLength = 19;

    /// <summary>In ticks. The Gregorian calendar repeats after 400 years.</summary>
    private const long FourCenturies = 146_097 * TimeSpan.TicksPerDay;

    /// <param name="text">UTF-8. A fraction may have any number of digits; those beyond 100 ns are ignored.</param>
    /// <param name="ticks">In UTC, in the years 0001 to 9999.</param>
    /// <returns>False if the text is not an RFC 3339 timestamp, or is outside those years.</returns>
    /// <remarks>
    /// A leap second, with any fraction, is read as the start of the next second, so that the order of instants is kept. The
    /// RFC allows one only at the end of a month in UTC.
    /// </remarks>
    public static bool TryParse(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length <= DateTimeLength || text[4] != '-' || text[7] != '-' || (text[10] | 0x20) != 't'
            || text[13] != ':' || text[16] != ':')
        {
            return false;
        }

        var (year, month, day) = ((TwoDigits(text) * 100) + TwoDigits(text[2..]), TwoDigits(text[5..]), TwoDigits(text[8..]));
        var (hour, minute, second) = (TwoDigits(text[11..]), TwoDigits(text[14..]), TwoDigits(text[17..]));
        var rest = text[DateTimeLength..];
        if (!TryReadDate(year, month, day, out var date)
            || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 60
            || !TryReadFraction(ref rest, out var fraction) || !TryReadOffset(rest, out var offset))
        {
            return false;
        }

        var isLeap = second == 60;
        ticks = date + (hour * TimeSpan.TicksPerHour) + ((minute - offset) * TimeSpan.TicksPerMinute)
            + (second * TimeSpan.TicksPerSecond) + (isLeap ? 0 : fraction);
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks && (!isLeap || IsStartOfMonth(new(ticks)));
    }

    /// <returns>Ticks in UTC.</returns>
    /// <exception cref="FormatException">The text is not an RFC 3339 timestamp, which needs an offset.</exception>
    public static long Parse(ReadOnlySpan<byte> text) => TryParse(text, out var ticks)
        ? ticks
        : throw new FormatException("A timestamp is not valid in RFC 3339, or is outside the years 0001 to 9999.");

    /// <summary>Writes an instant in UTC, without trailing zeros of the fraction.</summary>
    /// <param name="target">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns>The number of bytes written.</returns>
    public static int Write(DateTime instant, Span<byte> target)
    {
        Utf8Formatter.TryFormat(instant, target, out _, 'O');
        var length = target[..(MaxLength - 1)].TrimEnd((byte)'0').TrimEnd((byte)'.').Length;
        target[length] = (byte)'Z';
        return length + 1;
    }

    /// <summary>.NET has no year 0, but with a negative offset its last hours are in year 1 in UTC.</summary>
    private static bool TryReadDate(int year, int month, int day, out long ticks)
    {
        var known = year == 0 ? 400 : year;
        if (known < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(known, month))
        {
            ticks = 0;
            return false;
        }

        ticks = new DateTime(known, month, day).Ticks - (year == 0 ? FourCenturies : 0);
        return true;
    }

    private static bool TryReadFraction(ref ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text[0] != '.')
        {
            return true;
        }

        var unit = TimeSpan.TicksPerSecond;
        var length = 1;
        for (; length < text.Length && char.IsAsciiDigit((char)text[length]); length++)
        {
            unit /= 10;
            ticks += (text[length] - '0') * unit;
        }

        text = text[length..];
        return length > 1;
    }

    private static bool TryReadOffset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text is [(byte)'Z' or (byte)'z'])
        {
            return true;
        }

        if (text is not [(byte)'+' or (byte)'-', _, _, (byte)':', _, _])
        {
            return false;
        }

        var (hour, minute) = (TwoDigits(text[1..]), TwoDigits(text[4..]));
        minutes = ((hour * 60) + minute) * (text[0] == '-' ? -1 : 1);
        return hour is >= 0 and <= 23 && minute is >= 0 and <= 59;
    }

    private static bool IsStartOfMonth(DateTime instant) => instant.Day == 1 && instant.TimeOfDay == TimeSpan.Zero;

    /// <returns>The number; far below any valid value if these are not two digits.</returns>
    private static int TwoDigits(ReadOnlySpan<byte> text)
    {
        var (tens, ones) = (text[0] - '0', text[1] - '0');
        return tens is < 0 or > 9 || ones is < 0 or > 9 ? -10_000 : (tens * 10) + ones;
    }
}
