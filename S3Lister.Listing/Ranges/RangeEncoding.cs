using System.Text;
using System.Text.Unicode;

namespace S3Lister.Listing.Ranges;

/// <summary>The remaining ranges of a listing as bytes, for a continuation token.</summary>
/// <remarks>
/// The ranges are written in order. Each is its position and its end, both without the listing's prefix, and S3's own token.
/// A text is the number of bytes it shares with the text before, the number of bytes it adds, and these bytes. The length of
/// a text is written plus 1; 0 means no text, the beginning or the end of the listing. S3's token is its length and its
/// bytes; it is empty except where only the token says how far the listing has come.
/// </remarks>
internal static class RangeEncoding
{
    public static byte[] Encode(IReadOnlyList<KeyRange> ranges)
    {
        List<byte> bytes = [];
        byte[] before = [];
        foreach (var range in ranges)
        {
            Write(bytes, range.Position, ref before);
            Write(bytes, range.End, ref before);
            var s3Token = Encoding.UTF8.GetBytes(range.CarriedToken ?? "");
            WriteNumber(bytes, s3Token.Length);
            bytes.AddRange(s3Token);
        }

        return [.. bytes];
    }

    /// <summary>The number of bytes that <see cref="Encode"/> writes.</summary>
    /// <param name="ranges">In order.</param>
    /// <param name="moved">One of them, to be measured with another position; null for none.</param>
    /// <param name="position">That position.</param>
    /// <param name="s3Token">S3's token at that position; null for none.</param>
    public static int Length(IReadOnlyList<KeyRange> ranges, KeyRange? moved = null, byte[]? position = null, string? s3Token = null)
    {
        var length = 0;
        byte[] before = [];
        foreach (var range in ranges)
        {
            var (at, carried) = range == moved ? (position, s3Token) : (range.Position, range.CarriedToken);
            var bytes = Encoding.UTF8.GetByteCount(carried ?? "");
            length += Measure(at, ref before) + Measure(range.End, ref before) + NumberLength(bytes) + bytes;
        }

        return length;
    }

    /// <param name="bytes">What <see cref="Encode"/> wrote, or anything else.</param>
    /// <param name="maxKeyLength">Bytes that a key may have without the listing's prefix.</param>
    /// <exception cref="FormatException">The bytes are not ranges in order and without overlap.</exception>
    public static List<KeyRange> Decode(byte[] bytes, int maxKeyLength)
    {
        List<KeyRange> ranges = [];
        byte[] before = [];
        for (var at = 0; at < bytes.Length;)
        {
            // Only the first range may start at the beginning of the listing, and only the last one end at its end.
            var isInOrder = ranges.Count == 0 || ranges[^1].End is not null;
            var position = Read(bytes, ref at, ref before, maxKeyLength);
            Require(isInOrder && (position is not null || ranges.Count == 0));
            ranges.Add(new(position, Read(bytes, ref at, ref before, maxKeyLength), ReadS3Token(bytes, ref at)));
        }

        return ranges;
    }

    private static int Measure(byte[]? text, ref byte[] before)
    {
        if (text is null)
        {
            return 1;
        }

        var shared = before.AsSpan().CommonPrefixLength(text);
        before = text;
        return NumberLength(text.Length - shared + 1) + NumberLength(shared) + text.Length - shared;
    }

    private static void Write(List<byte> bytes, byte[]? text, ref byte[] before)
    {
        if (text is null)
        {
            bytes.Add(0);
            return;
        }

        var shared = before.AsSpan().CommonPrefixLength(text);
        WriteNumber(bytes, text.Length - shared + 1);
        WriteNumber(bytes, shared);
        bytes.AddRange(text.AsSpan(shared));
        before = text;
    }

    private static byte[]? Read(byte[] bytes, ref int at, ref byte[] before, int maxLength)
    {
        var length = ReadNumber(bytes, ref at) - 1;
        if (length < 0)
        {
            return null;
        }

        var shared = ReadNumber(bytes, ref at);
        Require(shared <= before.Length && length <= bytes.Length - at && shared + length <= maxLength);
        byte[] text = [.. before.AsSpan(0, shared), .. bytes.AsSpan(at, length)];
        Require(Utf8.IsValid(text) && text.AsSpan().SequenceCompareTo(before) >= 0);
        at += length;
        return before = text;
    }

    private static string? ReadS3Token(byte[] bytes, ref int at)
    {
        var length = ReadNumber(bytes, ref at);
        Require(length <= bytes.Length - at && Utf8.IsValid(bytes.AsSpan(at, length)));
        at += length;
        return length == 0 ? null : Encoding.UTF8.GetString(bytes, at - length, length);
    }

    private static int NumberLength(int number) => number < 0x80 ? 1 : 2;

    /// <summary>Up to 16383 in two bytes, the lower seven bits first.</summary>
    private static void WriteNumber(List<byte> bytes, int number)
    {
        if (number < 0x80)
        {
            bytes.Add((byte)number);
        }
        else
        {
            bytes.Add((byte)(number | 0x80));
            bytes.Add((byte)(number >> 7));
        }
    }

    private static int ReadNumber(byte[] bytes, ref int at)
    {
        Require(at < bytes.Length && (bytes[at] < 0x80 || at + 1 < bytes.Length));
        var number = (int)bytes[at++];
        return number < 0x80 ? number : (number & 0x7F) | (bytes[at++] << 7);
    }

    private static void Require(bool isValid)
    {
        if (!isValid)
        {
            throw new FormatException("The bytes are not the ranges of a listing.");
        }
    }
}
