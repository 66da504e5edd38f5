namespace S3Lister.Local.EmbeddedS3.Synthetic;

/// <summary>
/// One part of computed keys, such as a folder's name or a number: texts that are numbered in their byte order, none of
/// which begins with another.
/// </summary>
internal abstract class KeyPart(long count)
{
    /// <summary>How many texts there are.</summary>
    public long Count => count;

    /// <summary>Writes text <paramref name="index"/> and returns its length.</summary>
    public abstract int Write(long index, Span<byte> destination);

    /// <summary>
    /// The first text that is not before <paramref name="rest"/> (<see cref="Count"/> for none), and how many bytes of
    /// <paramref name="rest"/> it matches: its length where <paramref name="rest"/> begins with it, or else 0.
    /// </summary>
    /// <param name="text">Room for a text.</param>
    public (long Index, int Length) Find(ReadOnlySpan<byte> rest, Span<byte> text)
    {
        var (low, high) = (0L, Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var length = Write(middle, text);
            var order = text[..length].SequenceCompareTo(rest[..int.Min(length, rest.Length)]);
            if (order == 0 && length <= rest.Length)
            {
                return (middle, length);
            }

            if (order < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return (low, 0);
    }
}
