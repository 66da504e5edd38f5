using S3Lister.Listing.Ranges;
using S3Lister.Listing.S3;

namespace S3Lister.Inventory.Runs;

/// <summary>A section of the keys: those after <paramref name="After"/>, up to and including <paramref name="End"/>.</summary>
/// <param name="After">Null for the beginning of the listing.</param>
/// <param name="End">Null for the end of the listing.</param>
internal sealed record KeySection(byte[]? After, byte[]? End);

/// <summary>Checks that the sections of attempts make up the listing.</summary>
internal static class RangeSections
{
    /// <summary>The order of the places where ranges and sections start. The beginning of the listing comes first.</summary>
    public static Comparer<byte[]?> StartOrder { get; } = Comparer<byte[]?>.Create(CompareStarts);

    /// <summary>The ranges that a text encodes.</summary>
    /// <exception cref="FormatException">It is not such a text.</exception>
    public static List<KeyRange> Decode(string text) => RangeEncoding.Decode(Convert.FromBase64String(text), ListingLimits.MaxKeyLength);

    /// <summary>The ranges as text. S3's own tokens are omitted: another attempt does not depend on them.</summary>
    public static string Encode(IEnumerable<KeyRange> ranges) =>
        Convert.ToBase64String(RangeEncoding.Encode([.. ranges.Select(static range => new KeyRange(range.Position, range.End))]));

    /// <summary>The sections of ranges that are not in others.</summary>
    /// <param name="ranges">In order and without overlap.</param>
    /// <param name="remaining">In order; each is in one of the ranges.</param>
    /// <exception cref="InvalidOperationException">One of the others is not in the ranges.</exception>
    public static List<KeySection> Subtract(IReadOnlyList<KeyRange> ranges, IReadOnlyList<KeyRange> remaining)
    {
        List<KeySection> listed = [];
        var next = 0;
        foreach (var range in ranges)
        {
            var (from, isOpen) = (range.Position, true);
            for (; next < remaining.Count && Contains(range, remaining[next]); next++)
            {
                if (CompareStarts(from, remaining[next].Position) < 0)
                {
                    listed.Add(new(from, remaining[next].Position));
                }

                from = remaining[next].End;
                isOpen = CompareEnds(from, range.End) != 0;
            }

            if (isOpen)
            {
                listed.Add(new(from, range.End));
            }
        }

        return next == remaining.Count ? listed : throw new InvalidOperationException("A remaining range is not one of the item's.");
    }

    /// <summary>Whether sections, in any order, are the whole listing, each key in one of them.</summary>
    public static bool IsWhole(IEnumerable<KeySection> sections)
    {
        KeySection? before = null;
        foreach (var section in sections.OrderBy(static section => section.After, StartOrder))
        {
            var follows = before is null ? section.After is null : before.End is not null && CompareStarts(section.After, before.End) == 0;
            if (!follows)
            {
                return false;
            }

            before = section;
        }

        return before is { End: null };
    }

    private static bool Contains(KeyRange range, KeyRange part) =>
        CompareStarts(range.Position, part.Position) <= 0 && CompareEnds(part.End, range.End) <= 0;

    private static int CompareStarts(byte[]? left, byte[]? right) =>
        left is null || right is null ? (left is null ? 0 : 1) - (right is null ? 0 : 1) : left.AsSpan().SequenceCompareTo(right);

    /// <summary>The end of the listing comes last.</summary>
    private static int CompareEnds(byte[]? left, byte[]? right) =>
        left is null || right is null ? (right is null ? 0 : 1) - (left is null ? 0 : 1) : left.AsSpan().SequenceCompareTo(right);
}
