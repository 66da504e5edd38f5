using System.Buffers;
using System.Globalization;

namespace S3Lister.Functions.Http;

/// <summary>
/// JSON strings of UTF-8 with the escapes that RFC 8259 asks for and no other: what Utf8JsonWriter writes as
/// <c>\uD83D\uDE00</c>, and the envelope around it again as <c>\\uD83D\\uDE00</c>, stays four bytes.
/// </summary>
internal static class JsonText
{
    private static readonly SearchValues<byte> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(control => (byte)control), (byte)'"', (byte)'\\']);

    /// <summary>Writes <paramref name="utf8"/> with its quotes.</summary>
    public static void AppendString(this Utf8Buffer buffer, ReadOnlySpan<byte> utf8)
    {
        buffer.Append("\""u8);
        buffer.AppendEscaped(utf8);
        buffer.Append("\""u8);
    }

    public static void AppendString(this Utf8Buffer buffer, string? text)
    {
        if (text is null)
        {
            buffer.Append("null"u8);
            return;
        }

        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        buffer.AppendString(bytes);
    }

    public static void AppendEscaped(this Utf8Buffer buffer, ReadOnlySpan<byte> utf8)
    {
        for (int plain; (plain = utf8.IndexOfAny(Escaped)) >= 0; utf8 = utf8[(plain + 1)..])
        {
            buffer.Append(utf8[..plain]);
            AppendEscape(buffer, utf8[plain]);
        }

        buffer.Append(utf8);
    }

    public static void AppendNumber(this Utf8Buffer buffer, long value)
    {
        value.TryFormat(buffer.GetSpan(20), out var written, provider: CultureInfo.InvariantCulture);
        buffer.Advance(written);
    }

    /// <summary>The bytes that escaping adds to <paramref name="utf8"/>.</summary>
    public static int EscapesIn(ReadOnlySpan<byte> utf8)
    {
        var added = 0;
        for (int next; (next = utf8.IndexOfAny(Escaped)) >= 0; utf8 = utf8[(next + 1)..])
        {
            added += ShortEscape(utf8[next]) != 0 ? 1 : 5;
        }

        return added;
    }

    private static void AppendEscape(Utf8Buffer buffer, byte value)
    {
        if (ShortEscape(value) is var letter and not 0)
        {
            buffer.Append([(byte)'\\', letter]);
        }
        else
        {
            buffer.Append([.. "\\u00"u8, (byte)('0' + (value >> 4)), "0123456789abcdef"u8[value & 15]]);
        }
    }

    private static byte ShortEscape(byte value) => value switch
    {
        (byte)'"' or (byte)'\\' => value,
        (byte)'\b' => (byte)'b',
        (byte)'\t' => (byte)'t',
        (byte)'\n' => (byte)'n',
        (byte)'\f' => (byte)'f',
        (byte)'\r' => (byte)'r',
        _ => 0,
    };
}
