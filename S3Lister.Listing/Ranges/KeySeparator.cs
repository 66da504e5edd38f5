using S3Lister.Listing.S3;

namespace S3Lister.Listing.Ranges;

/// <summary>
/// A text between two consecutive keys. Two readers, of which one ends before it and the other one starts after it, together
/// read both keys. If the text were one of the keys, neither of them would read it.
/// </summary>
internal static class KeySeparator
{
    /// <summary>Needs no encoding in a URL, and hardly any key consists of another key and this.</summary>
    private const byte Suffix = (byte)'-';

    /// <param name="key">Valid UTF-8, as is the next key.</param>
    /// <param name="next">The key that S3 lists after it.</param>
    /// <returns>Valid UTF-8 of at most 1024 bytes; null if no such text is found.</returns>
    public static byte[]? Between(ReadOnlySpan<byte> key, ReadOnlySpan<byte> next)
    {
        var shared = key.CommonPrefixLength(next);
        if (key.Length < ListingLimits.MaxKeyLength && (shared < key.Length || IsSuffixBefore(next[shared..])))
        {
            return [.. key, Suffix];
        }

        // The beginning of the next key, up to and including the first character that differs.
        var length = shared + 1;
        while (length < next.Length && (next[length] & 0xC0) == 0x80)
        {
            length++;
        }

        return length < next.Length ? next[..length].ToArray() : null;
    }

    /// <param name="rest">What the next key has after the key.</param>
    private static bool IsSuffixBefore(ReadOnlySpan<byte> rest) => rest.SequenceCompareTo([Suffix]) > 0;
}
