using System.Text;

namespace S3Lister.Listing.Ranges;

/// <summary>
/// Where to cut a range: a text after its position and before its end, which need not be a key. It is valid UTF-8, because
/// S3 requires that of <c>start-after</c>.
/// </summary>
internal static class SplitPoint
{
    private const int LastAscii = 0x7F;
    private const int EndOfUnicode = 0x110000;
    private const int FirstSurrogate = 0xD800;
    private const int EndOfSurrogates = 0xE000;

    /// <param name="model">What the keys look like.</param>
    /// <param name="after">The range's position.</param>
    /// <param name="end">The range's end; null for the end of the listing.</param>
    /// <param name="share">The part of the keys between them to be before the point, 0 to 1.</param>
    /// <param name="maxLength">The maximum length of a key in bytes.</param>
    /// <returns>Null if no text of that length is between them.</returns>
    public static byte[]? Find(KeyModel model, ReadOnlySpan<byte> after, byte[]? end, double share, int maxLength) =>
        model.Between(after, end, share) is { } text && ValidPrefix(text) is { } point && point.Length <= maxLength && IsBetween(point, after, end)
            ? point
            : Middle(after, end) is { } middle && middle.Length <= maxLength && IsBetween(middle, after, end) ? middle : null;

    /// <summary>
    /// The middle by code points, whose order is that of UTF-8 bytes, for keys that the model has not learned.
    /// </summary>
    private static byte[]? Middle(ReadOnlySpan<byte> after, byte[]? end)
    {
        var start = StartOfCharacter(after, end is null ? 0 : after.CommonPrefixLength(end));
        for (var isFirst = true; start <= after.Length; isFirst = false)
        {
            var (low, length) = DecodeCharacter(after[start..]);
            var high = isFirst && end is not null ? DecodeCharacter(end.AsSpan(start)).Value
                : low < LastAscii - 1 ? LastAscii : EndOfUnicode;
            if (high - low > 1)
            {
                var middle = low + ((high - low) / 2);
                middle = middle is >= FirstSurrogate and < EndOfSurrogates ? EndOfSurrogates : middle;
                if (middle < high)
                {
                    var point = new byte[start + 4];
                    after[..start].CopyTo(point);
                    return point[..(start + new Rune(middle).EncodeToUtf8(point.AsSpan(start)))];
                }
            }

            if (length == 0)
            {
                return null;
            }

            start += length;
        }

        return null;
    }

    private static bool IsBetween(ReadOnlySpan<byte> point, ReadOnlySpan<byte> after, byte[]? end) =>
        point.SequenceCompareTo(after) > 0 && (end is null || point.SequenceCompareTo(end) < 0);

    /// <summary>The text up to the first byte that is not valid UTF-8.</summary>
    private static byte[] ValidPrefix(byte[] text)
    {
        var length = 0;
        while (length < text.Length && Rune.DecodeFromUtf8(text.AsSpan(length), out _, out var consumed) == System.Buffers.OperationStatus.Done)
        {
            length += consumed;
        }

        return text[..length];
    }

    /// <summary>The start of the character that contains the byte at <paramref name="index"/>.</summary>
    private static int StartOfCharacter(ReadOnlySpan<byte> text, int index)
    {
        while (index > 0 && index < text.Length && (text[index] & 0xC0) == 0x80)
        {
            index--;
        }

        return index;
    }

    /// <returns>The code point and its length in bytes; -1 and 0 at the end of the text, which sorts before all characters.</returns>
    private static (int Value, int Length) DecodeCharacter(ReadOnlySpan<byte> text) =>
        Rune.DecodeFromUtf8(text, out var rune, out var length) == System.Buffers.OperationStatus.Done ? (rune.Value, length) : (-1, 0);
}
