using S3Lister.Inventory.Runs;
using S3Lister.Listing.Ranges;

namespace S3Lister.Inventory.Planning;

/// <summary>A range that remains, and the estimated number of its keys.</summary>
internal sealed record WeightedRange(KeyRange Range, double Weight);

/// <summary>Bundles ranges into items of about equal weights.</summary>
internal static class Bundles
{
    /// <summary>
    /// The base64 characters of an item's ranges. The input of an export is at most 256 KiB, the limit of Step Functions.
    /// </summary>
    private const int MaxLength = 128 * 1024;

    /// <summary>The weight of a range of which hardly anything is known: half a page of keys costs a request, too.</summary>
    private const double MinWeight = 500;

    /// <summary>
    /// Puts the heaviest range first, each into the item with the smallest sum. So an estimate that is far too large takes one
    /// item and not the time of the others.
    /// </summary>
    /// <param name="ranges">In order.</param>
    /// <param name="count">The wanted number of items. There are fewer with fewer ranges, and more where items would be too long.</param>
    public static List<RoundItem> Make(IReadOnlyList<WeightedRange> ranges, int count)
    {
        var bundles = Enumerable.Range(0, Math.Min(count, ranges.Count)).Select(static _ => new List<WeightedRange>()).ToArray();
        PriorityQueue<int, (double Weight, int Number)> lightest = new();
        for (var number = 0; number < bundles.Length; number++)
        {
            lightest.Enqueue(number, (0, number));
        }

        foreach (var range in ranges.OrderByDescending(static range => range.Weight))
        {
            lightest.TryDequeue(out var number, out var sum);
            bundles[number].Add(range);
            lightest.Enqueue(number, (sum.Weight + Math.Max(range.Weight, MinWeight), number));
        }

        return [.. bundles.SelectMany(static bundle => Split(bundle))];
    }

    private static IEnumerable<RoundItem> Split(List<WeightedRange> bundle)
    {
        var text = RangeSections.Encode(bundle.Select(static each => each.Range).OrderBy(static range => range.Position, RangeSections.StartOrder));
        if (text.Length <= MaxLength || bundle.Count == 1)
        {
            return [new(text, bundle.Sum(static each => each.Weight))];
        }

        return Split(bundle[..(bundle.Count / 2)]).Concat(Split(bundle[(bundle.Count / 2)..]));
    }
}
