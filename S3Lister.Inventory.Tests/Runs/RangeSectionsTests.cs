using System.Text;
using CsCheck;
using S3Lister.Inventory.Runs;
using S3Lister.Listing.Ranges;

namespace S3Lister.Inventory.Tests.Runs;

public sealed class RangeSectionsTests
{
    private static readonly Gen<string[]> Cuts = Gen.OneOf("", "a", "b", "c", "d", "e", "f", "g").HashSet[0, 8]
        .Select(static cuts => cuts.Order(StringComparer.Ordinal).ToArray());

    [Fact]
    public void Listed_And_Remaining_Sections_Are_The_Whole_Listing() =>
        Gen.Select(Cuts, Gen.Int[0, 511], Gen.Int[0, 511]).Sample(static (cuts, requested, left) =>
        {
            var all = Sections(cuts);
            KeyRange[] ranges = [.. all.Where((_, index) => (requested >> index & 1) == 1)];
            KeyRange[] remaining = [.. all.Where((_, index) => (requested & left) >> index is var bits && (bits & 1) == 1)];

            var listed = RangeSections.Subtract(ranges, remaining);

            var others = all.Except(ranges).Concat(remaining).Select(static range => new KeySection(range.Position, range.End));
            Assert.True(RangeSections.IsWhole(listed.Concat(others)));
        });

    [Fact]
    public void Sections_With_A_Gap_Or_An_Overlap_Are_Not_Whole()
    {
        Assert.True(RangeSections.IsWhole([new(Key("b"), null), new(null, Key("b"))]));
        Assert.False(RangeSections.IsWhole([new(null, Key("a")), new(Key("b"), null)]));
        Assert.False(RangeSections.IsWhole([new(null, Key("b")), new(Key("a"), null)]));
        Assert.False(RangeSections.IsWhole([new(null, null), new(null, null)]));
        Assert.False(RangeSections.IsWhole([new(null, Key("a"))]));
        Assert.False(RangeSections.IsWhole([]));
    }

    [Fact]
    public void Remaining_Range_That_Is_Not_Of_The_Item_Is_An_Error()
    {
        KeyRange[] requested = [new(Key("b"), Key("d"))];

        Assert.Throws<InvalidOperationException>(() => RangeSections.Subtract(requested, [new(Key("a"), Key("d"))]));
        Assert.Throws<InvalidOperationException>(() => RangeSections.Subtract(requested, [new(Key("c"), null)]));
        Assert.Throws<InvalidOperationException>(() => RangeSections.Subtract(requested, [new(Key("e"), Key("f"))]));
    }

    private static List<KeyRange> Sections(string[] cuts) =>
        [.. cuts.Select(Key).Append(null).Zip(cuts.Select(Key).Prepend(null), static (end, after) => new KeyRange(after, end))];

    private static byte[]? Key(string text) => Encoding.UTF8.GetBytes(text);
}
