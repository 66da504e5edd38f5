using S3Lister.Inventory.Runs;
using S3Lister.Listing.Ranges;

namespace S3Lister.Inventory.Exporting;

/// <summary>
/// All keys that an attempt has not listed: those of other items, and those of its own that remain. A common prefix with such
/// keys must stay in the tree, because another attempt has a part of its sums.
/// </summary>
/// <param name="requested">The ranges of the item, in order.</param>
internal sealed class OpenSections(IReadOnlyList<KeyRange> requested)
{
    private readonly List<KeyRange> _others = Others(requested);

    /// <param name="remaining">The ranges of the item that remain, in order.</param>
    public IReadOnlyList<KeyRange> With(IReadOnlyList<KeyRange> remaining) =>
        [.. _others.Concat(remaining).OrderBy(static range => range.Position, RangeSections.StartOrder)];

    private static List<KeyRange> Others(IReadOnlyList<KeyRange> requested)
    {
        List<KeyRange> others = [];
        byte[]? end = null;
        foreach (var range in requested)
        {
            if (range.Position is not null)
            {
                others.Add(new(end, range.Position));
            }

            end = range.End;
        }

        if (end is not null)
        {
            others.Add(new(end, null));
        }

        return others;
    }
}
