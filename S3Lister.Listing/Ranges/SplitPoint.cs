using System.Text;

namespace S3Lister.Listing.Ranges;

/// <summary>
/// Where to cut a range: a text of UTF-8 behind its position and before its end, which need not be a key. S3 takes a
/// <c>start-after</c> as text, so the bytes of half a character are none.
/// </summary>
internal static class SplitPoint
{
    private const int LastAscii = 0x7F;
    private const int BehindUnicode = 0x110000;
    private const int FirstSurrogate = 0xD800;
    private const int BehindSurrogates = 0xE000;

    /// <param name="model">What the keys look like.</param>
    /// <param name="after">The range's position.</param>
    /// <param name="end">Its end; null for the end of all.</param>
    /// <param name="share">How far between, 0 to 1.</param>
    /// <param name="longest">Bytes that a key may have.</param>
    /// <returns>Null where there is nothing between, or nothing that is short enough to be a key.</returns>
    public static byte[]? Find(KeyModel model, ReadOnlySpan<byte> after, byte[]? end, double share, int longest) =>
        model.Between(after, end, share) is { } text && Whole(text) is { } point && point.Length <= longest && IsBetween(point, after, end)
            ? point
            : Middle(after, end) is { } middle && middle.Length <= longest && IsBetween(middle, after, end) ? middle : null;

    /// <summary>The middle by code points, which is the order of UTF-8: for keys that the model knows nothing of.</summary>
    private static byte[]? Middle(ReadOnlySpan<byte> after, byte[]? end)
    {
        var start = Boundary(after, end is null ? 0 : after.CommonPrefixLength(end));
        for (var isFirst = true; start <= after.Length; isFirst = false)
        {
            var (low, length) = Scalar(after[start..]);
            var high = isFirst && end is not null ? Scalar(end.AsSpan(start)).Value
                : low < LastAscii - 1 ? LastAscii : BehindUnicode;
            if (high - low > 1)
            {
                var middle = low + ((high - low) / 2);
                middle = middle is >= FirstSurrogate and < BehindSurrogates ? BehindSurrogates : middle;
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

    /// <summary>The text up to where it is no UTF-8.</summary>
    private static byte[] Whole(byte[] text)
    {
        var length = 0;
        while (length < text.Length && Rune.DecodeFromUtf8(text.AsSpan(length), out _, out var consumed) == System.Buffers.OperationStatus.Done)
        {
            length += consumed;
        }

        return text[..length];
    }

    /// <summary>The beginning of the character that holds byte <paramref name="index"/>.</summary>
    private static int Boundary(ReadOnlySpan<byte> text, int index)
    {
        while (index > 0 && index < text.Length && (text[index] & 0xC0) == 0x80)
        {
            index--;
        }

        return index;
    }

    /// <returns>-1 at the text's end, which is before all characters.</returns>
    private static (int Value, int Length) Scalar(ReadOnlySpan<byte> text) =>
        Rune.DecodeFromUtf8(text, out var rune, out var length) == System.Buffers.OperationStatus.Done ? (rune.Value, length) : (-1, 0);
}
