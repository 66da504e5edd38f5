using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace S3Lister.Listing.Text;

/// <summary>
/// JSON strings of UTF-8 with the escapes that RFC 8259 asks for and no other: what Utf8JsonWriter writes as
/// <c>\uD83D\uDE00</c>, and the envelope around it again as <c>\\uD83D\\uDE00</c>, stays four bytes.
/// </summary>
internal static class JsonText
{
    /// <summary>Bytes that one byte becomes at most.</summary>
    public const int LongestEscape = 6;

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

    public static void AppendEscaped(this Utf8Buffer buffer, ReadOnlySpan<byte> utf8) =>
        buffer.Advance(Escape(utf8, buffer.GetSpan(utf8.Length + EscapesIn(utf8))));

    public static void AppendNumber(this Utf8Buffer buffer, long value)
    {
        value.TryFormat(buffer.GetSpan(20), out var written, provider: CultureInfo.InvariantCulture);
        buffer.Advance(written);
    }

    /// <param name="buffer">Where it goes.</param>
    /// <param name="value">A finite number.</param>
    public static void AppendNumber(this Utf8Buffer buffer, double value)
    {
        value.TryFormat(buffer.GetSpan(32), out var written, provider: CultureInfo.InvariantCulture);
        buffer.Advance(written);
    }

    /// <summary>Bytes of <paramref name="utf8"/> with its escapes.</summary>
    public static int EscapedLength(ReadOnlySpan<byte> utf8) => utf8.Length + EscapesIn(utf8);

    /// <summary>The bytes that escaping adds to <paramref name="utf8"/>.</summary>
    public static int EscapesIn(ReadOnlySpan<byte> utf8)
    {
        ref var first = ref MemoryMarshal.GetReference(utf8);
        var (at, added) = (0, 0);
        for (; at <= utf8.Length - Vector128<byte>.Count; at += Vector128<byte>.Count)
        {
            var bytes = Vector128.LoadUnsafe(ref first, (nuint)at);
            if (Vector128.LessThanAny(bytes, Vector128.Create((byte)0x20)))
            {
                added += EscapesOneByOne(utf8.Slice(at, Vector128<byte>.Count));
            }
            else
            {
                added += BitOperations.PopCount(Special(bytes));
            }
        }

        return added + EscapesOneByOne(utf8[at..]);
    }

    /// <summary>Writes <paramref name="utf8"/> with its escapes.</summary>
    /// <param name="utf8">What to write.</param>
    /// <param name="target">Has room for it and its escapes.</param>
    /// <returns>The bytes written.</returns>
    public static int Escape(ReadOnlySpan<byte> utf8, Span<byte> target)
    {
        var (read, written) = (0, 0);
        ref var source = ref MemoryMarshal.GetReference(utf8);
        while (read <= utf8.Length - (2 * Vector128<byte>.Count))
        {
            // Bytes are stored before it is known how many of them count: what follows writes over the rest, and takes no
            // less room.
            var bytes = Vector128.LoadUnsafe(ref source, (nuint)read);
            bytes.CopyTo(target[written..]);
            var done = 0;
            for (var special = Special(bytes); special != 0; special &= special - 1)
            {
                var at = BitOperations.TrailingZeroCount(special);
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

    /// <summary>A bit for each byte that needs an escape.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Special(Vector128<byte> bytes) =>
        (Vector128.LessThan(bytes, Vector128.Create((byte)0x20))
            | Vector128.Equals(bytes, Vector128.Create((byte)'"'))
            | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))).ExtractMostSignificantBits();

    private static int EscapesOneByOne(ReadOnlySpan<byte> utf8)
    {
        var added = 0;
        foreach (var value in utf8)
        {
            if (value is < 0x20 or (byte)'"' or (byte)'\\')
            {
                added += ShortEscape(value) != 0 ? 1 : LongestEscape - 1;
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
        return LongestEscape;
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
