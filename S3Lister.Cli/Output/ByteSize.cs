using System.Globalization;

namespace S3Lister.Cli.Output;

/// <summary>Sizes in binary units.</summary>
internal static class ByteSize
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    /// <summary>At most 8 characters, such as <c>1023 B</c>, <c>1.5 KiB</c> or <c>1023 MiB</c>: cut and not rounded, so that a unit is never full.</summary>
    public static string Format(long bytes)
    {
        if (bytes < 1024)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{bytes} B");
        }

        var unit = (63 - long.LeadingZeroCount(bytes)) / 10;
        var whole = bytes >> (int)(10 * unit);
        var tenths = ((bytes >> (int)(10 * (unit - 1))) & 1023) * 10 / 1024;
        return whole < 100
            ? string.Create(CultureInfo.InvariantCulture, $"{whole}.{tenths} {Units[unit]}")
            : string.Create(CultureInfo.InvariantCulture, $"{whole} {Units[unit]}");
    }

    /// <summary>A whole number of the largest unit, such as <c>128 KiB</c>, if it is one.</summary>
    public static string Short(long bytes)
    {
        var unit = bytes == 0 ? 0 : (int)(long.TrailingZeroCount(bytes) / 10);
        return string.Create(CultureInfo.InvariantCulture, $"{bytes >> (10 * unit)} {Units[unit]}");
    }

    /// <summary>Reads a whole number of bytes, KiB, MiB, GiB or TiB.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        var digits = text.AsSpan().TrimEnd("BKMGTi");
        var unit = text.AsSpan(digits.Length) is "" ? 0 : Array.IndexOf(Units, text[digits.Length..], 0, 5);
        var isNumber = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        bytes = isNumber && unit >= 0 && number <= long.MaxValue >> (10 * unit) ? number << (10 * unit) : -1;
        return bytes >= 0;
    }
}
