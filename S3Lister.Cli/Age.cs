using System.Globalization;

namespace S3Lister.Cli;

/// <summary>An instant that is written as an age (<c>90d</c>) or as a date in UTC (<c>2026-01-31</c>).</summary>
internal static class Age
{
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

    private static TimeSpan? Unit(char unit) => unit switch
    {
        'm' => TimeSpan.FromMinutes(1),
        'h' => TimeSpan.FromHours(1),
        'd' => TimeSpan.FromDays(1),
        'w' => TimeSpan.FromDays(7),
        _ => null,
    };
}
