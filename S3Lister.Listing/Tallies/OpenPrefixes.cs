using S3Lister.Listing.Ranges;

namespace S3Lister.Listing.Tallies;

/// <summary>Whether a common prefix may still get objects, because its keys are in a range that remains to be listed.</summary>
/// <param name="remaining">The ranges, in order and without overlap. Their keys are without the listing's prefix.</param>
/// <param name="prefixLength">The length of the listing's prefix in bytes.</param>
internal sealed class OpenPrefixes(IReadOnlyList<KeyRange> remaining, int prefixLength)
{
    public bool Contain(ReadOnlySpan<byte> commonPrefix)
    {
        var name = commonPrefix[prefixLength..];
        var (low, high) = (0, remaining.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (remaining[middle].Covers(name))
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        // The first range that ends at the name or later. Those after it start where it ends, or later.
        return low < remaining.Count
            && remaining[low].Position is var position
            && (position is null || position.AsSpan().StartsWith(name) || position.AsSpan().SequenceCompareTo(name) < 0);
    }
}
