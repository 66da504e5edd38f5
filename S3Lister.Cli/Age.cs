using System.Globalization;

namespace S3Lister.Cli;

/// <summary>An instant that is written as an age (<c>90d</c>) or as a date in UTC (<c>2026-01-31</c>).</summary>
internal static class Age
{
    /// <summary>In weeks, these are almost 200 years.</summary>
    private const int MaxCount = 10_000;

    public static bool TryParse(string text, TimeProvider time, out DateTimeOffset instant)
    {
        if (text.Length > 1 && Unit(text[^1]) is { } unit && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            var now = time.GetUtcNow();
            instant = count < (now - DateTimeOffset.MinValue) / unit ? now - (unit * count) : DateTimeOffset.MinValue;
            return true;
        }

        return DateTimeOffset.TryParseExact(
            text,
            ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out instant);
    }

    /// <summary>Reads an age of whole days: <c>90d</c> or <c>12w</c>.</summary>
    public static bool TryParseDays(string text, out int days)
    {
        days = 0;
        if (text.Length < 2 || text[^1] is not ('d' or 'w')
            || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > MaxCount)
        {
            return false;
        }

        days = text[^1] == 'w' ? count * 7 : count;
        return true;
    }

    private static TimeSpan? Unit(char unit) => unit switch
    {
        'm' => TimeSpan.FromMinutes(1),
        'h' => TimeSpan.FromHours(1),
        'd' => TimeSpan.FromDays(1),
        'w' => TimeSpan.FromDays(7),
        _ => null,
    };
}
