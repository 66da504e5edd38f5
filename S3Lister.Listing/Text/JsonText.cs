using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace S3Lister.Listing.Text;

/// <summary>
/// JSON strings in UTF-8 with only the escapes that RFC 8259 requires. An emoji stays four bytes; Utf8JsonWriter writes
/// <c>\uD83D\uDE00</c>, which becomes <c>\\uD83D\\uDE00</c> in the envelope.
/// </summary>
internal static class JsonText
{
    /// <summary>The number of bytes of the longest escape, <c>\u001f</c>.</summary>
    public const int MaxEscapeLength = 6;

    /// <summary>Appends <paramref name="utf8"/> as a string, in quotes.</summary>
    public static void AppendString(this Utf8Buffer buffer, ReadOnlySpan<byte> utf8)
    {
        buffer.Append("\""u8);
        buffer.AppendEscaped(utf8);
        buffer.Append("\""u8);
    }

    /// <summary>Appends a string in quotes; null becomes JSON's null.</summary>
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

    public static void AppendEscaped(this Utf8Buffer buffer, ReadOnlySpan<byte> utf8) =>
        buffer.Advance(Escape(utf8, buffer.GetSpan(utf8.Length + EscapeOverhead(utf8))));

    public static void AppendNumber(this Utf8Buffer buffer, long value)
    {
        value.TryFormat(buffer.GetSpan(20), out var written, provider: CultureInfo.InvariantCulture);
        buffer.Advance(written);
    }

    /// <param name="value">A finite number; JSON has no other.</param>
    public static void AppendNumber(this Utf8Buffer buffer, double value)
    {
        value.TryFormat(buffer.GetSpan(32), out var written, provider: CultureInfo.InvariantCulture);
        buffer.Advance(written);
    }

    /// <summary>The number of bytes of <paramref name="utf8"/> after escaping.</summary>
    public static int EscapedLength(ReadOnlySpan<byte> utf8) => utf8.Length + EscapeOverhead(utf8);

    /// <summary>The number of bytes that escaping adds to <paramref name="utf8"/>.</summary>
    public static int EscapeOverhead(ReadOnlySpan<byte> utf8)
    {
        ref var first = ref MemoryMarshal.GetReference(utf8);
        var (at, added) = (0, 0);
        for (; at <= utf8.Length - Vector128<byte>.Count; at += Vector128<byte>.Count)
        {
            var bytes = Vector128.LoadUnsafe(ref first, (nuint)at);
            if (Vector128.LessThanAny(bytes, Vector128.Create((byte)0x20)))
            {
                added += ScalarEscapeOverhead(utf8.Slice(at, Vector128<byte>.Count));
            }
            else
            {
                added += BitOperations.PopCount(EscapeMask(bytes));
            }
        }

        return added + ScalarEscapeOverhead(utf8[at..]);
    }

    /// <summary>Writes <paramref name="utf8"/> with its escapes.</summary>
    /// <param name="target">At least <see cref="EscapedLength"/> bytes.</param>
    /// <returns>The number of bytes written.</returns>
    public static int Escape(ReadOnlySpan<byte> utf8, Span<byte> target)
    {
        var (read, written) = (0, 0);
        ref var source = ref MemoryMarshal.GetReference(utf8);
        while (read <= utf8.Length - (2 * Vector128<byte>.Count))
        {
            // A whole vector is stored before it is known how many of its bytes need no escape. Later bytes overwrite the
            // others, and at least a vector of source bytes remains, so the target has room.
            var bytes = Vector128.LoadUnsafe(ref source, (nuint)read);
            bytes.CopyTo(target[written..]);
            var done = 0;
            for (var remaining = EscapeMask(bytes); remaining != 0; remaining &= remaining - 1)
            {
                var at = BitOperations.TrailingZeroCount(remaining);
                written += at - done;
                written += WriteEscape(utf8[read + at], target[written..]);
                done = at + 1;
                Vector128.LoadUnsafe(ref source, (nuint)(read + done)).CopyTo(target[written..]);
            }

            written += Vector128<byte>.Count - done;
            read += Vector128<byte>.Count;
        }

        foreach (var value in utf8[read..])
        {
            if (value is < 0x20 or (byte)'"' or (byte)'\\')
            {
                written += WriteEscape(value, target[written..]);
            }
            else
            {
                target[written++] = value;
            }
        }

        return written;
    }

    /// <summary>One bit for each byte, set if it must be escaped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint EscapeMask(Vector128<byte> bytes) =>
        (Vector128.LessThan(bytes, Vector128.Create((byte)0x20))
            | Vector128.Equals(bytes, Vector128.Create((byte)'"'))
            | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))).ExtractMostSignificantBits();

    private static int ScalarEscapeOverhead(ReadOnlySpan<byte> utf8)
    {
        var added = 0;
        foreach (var value in utf8)
        {
            if (value is < 0x20 or (byte)'"' or (byte)'\\')
            {
                added += ShortEscape(value) != 0 ? 1 : MaxEscapeLength - 1;
            }
        }

        return added;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WriteEscape(byte value, Span<byte> target)
    {
        target[0] = (byte)'\\';
        if (value is (byte)'"' or (byte)'\\')
        {
            target[1] = value;
            return 2;
        }

        if (ShortEscape(value) is var letter and not 0)
        {
            target[1] = letter;
            return 2;
        }

        "u00"u8.CopyTo(target[1..]);
        target[4] = (byte)('0' + (value >> 4));
        target[5] = "0123456789abcdef"u8[value & 15];
        return MaxEscapeLength;
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
