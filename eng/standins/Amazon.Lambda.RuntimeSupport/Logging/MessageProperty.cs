using System.Collections;
using System.Globalization;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>
/// A hole in a message: <c>Name</c>, or <c>Name:Format</c>. <c>@Name</c> is a text in the JSON format too: serializing any
/// object takes reflection, which a native binary has not.
/// </summary>
internal sealed class MessageProperty
{
    public const string InstantFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";

    private const int ShownBytes = 16;

    public MessageProperty(string token)
    {
        Token = $"{{{token}}}";
        IsText = token.StartsWith('@');
        var parts = token.TrimStart('@').Split(':', 2);
        Name = parts[0].Trim();
        Format = parts.Length > 1 && parts[1].Trim() is { Length: > 0 } format ? format : null;
    }

    public string Token { get; }

    public string Name { get; }

    public bool IsText { get; }

    public string? Format { get; }

    /// <summary>A value within the message; collections stay out of it and are properties in the JSON format only.</summary>
    public string Render(object? value) => value switch
    {
        byte[] bytes => Hex(bytes),
        ReadOnlyMemory<byte> bytes => Hex(bytes.Span),
        Memory<byte> bytes => Hex(bytes.Span),
        null or IList or IDictionary => Token,
        _ when Format is not null => Formatted(value),
        _ => Plain(value) ?? string.Empty,
    };

    /// <summary>The value by the property's own format, or plainly where the format does not fit it.</summary>
    public string Formatted(object value)
    {
        try
        {
            return string.Format(CultureInfo.CurrentCulture, $"{{0:{Format}}}", value);
        }
        catch (FormatException)
        {
            return value.ToString() ?? string.Empty;
        }
    }

    public static string? Plain(object value) => value switch
    {
        DateTime instant => instant.ToString(InstantFormat, CultureInfo.InvariantCulture),
        DateTimeOffset instant => instant.ToString(InstantFormat, CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    public static string Hex(ReadOnlySpan<byte> bytes) =>
        bytes.Length <= ShownBytes
            ? Convert.ToHexString(bytes)
            : $"{Convert.ToHexString(bytes[..ShownBytes])}... ({bytes.Length} bytes)";
}
