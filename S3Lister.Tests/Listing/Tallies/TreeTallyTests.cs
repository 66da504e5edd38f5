using System.Text;
using CsCheck;
using S3Lister.Listing.Ranges;
using S3Lister.Listing.Tallies;
using S3Lister.Tests.Functions.Summary;

namespace S3Lister.Tests.Listing.Tallies;

/// <summary>Trees that are folded, while their objects arrive in any order of ranges.</summary>
public sealed class TreeTallyTests
{
    private static readonly Gen<string> Keys = Gen.OneOf(
        Gen.OneOf("a", "b", "c", "/", "/", "é", "日").Array[1, 9].Select(string.Concat),
        Gen.Select(Gen.Int[0, 40], Gen.Int[0, 3], Gen.Int[0, 3]).Select((a, b, c) => $"{a}/{b}/{c}/x"));

    private static readonly Gen<SummaryResponse.Named[]> Objects =
        Gen.Select(Keys.HashSet[0, 200], Gen.Int[0, 50]).Select((keys, seed) => keys
            .Select((key, number) => new SummaryResponse.Named(key, (number + seed) * 7919L % 97, (number + seed) * 104_729L % 5000, "STANDARD"))
            .OrderBy(named => named.Key, NaiveListing.Utf8Order).ToArray());

    [Fact]
    public void Named_Nodes_Are_Whole_And_The_Rest_Is_Summed_Whatever_Is_Folded() =>
        Gen.Select(Objects, Gen.OneOf("/", "/", "a", "é/"), Gen.OneOf("", "", "a"), Gen.Int[1, 5], Gen.Int[300, 20_000], Gen.Int[0, 40], Gen.Int[0, 100], Gen.Int[0, int.MaxValue])
        .Sample((objects, delimiter, prefix, depth, memory, nodes, minShare, seed) =>
        {
            long[] edges = seed % 2 == 0 ? [] : [1000, 2000];
            SummaryResponse.Named[] below = [.. objects.Where(stored => stored.Key.StartsWith(prefix, StringComparison.Ordinal))];

            var tally = List(below, prefix, delimiter, depth, edges, memory, seed);
            var tree = tally.ToTree(minShare, nodes, _ => 1, nodes);

            var plain = PlainBreakdown.Tree(below, prefix, delimiter, depth, edges);
            foreach (var node in All(tree, tree.Root).Skip(1))
            {
                var expected = plain[Encoding.UTF8.GetString(node.Name)].Sums;
                Assert.Equal((expected[0], expected[1]), (node.Total.Objects, node.Total.Bytes));
                Assert.Equal((expected[2], expected[3]), (node.Own.Objects, node.Own.Bytes));
                Assert.Equal(expected[6..], node.Ages.ToArray().SelectMany(age => (long[])[age.Objects, age.Bytes]));
                AssertSum(tree, node);
            }

            AssertSum(tree, tree.Root);
            Assert.Equal((below.Length, below.Sum(stored => stored.Size)), (tree.Root.Total.Objects, tree.Root.Total.Bytes));
            Assert.Equal(below.Length, tree.Root.Ages.ToArray().Sum(age => age.Objects));
            AssertLargestAreNamed(plain, tree, prefix, delimiter);
        });

    [Fact]
    public void Deepest_Level_Is_Folded_First_And_Its_Smallest_Nodes_Before_Others() =>
        Gen.Select(Objects, Gen.Int[1, 5], Gen.Int[0, 60], Gen.Int[0, int.MaxValue]).Sample((objects, depth, nodes, seed) =>
        {
            var plain = PlainBreakdown.Tree(objects, "", "/", depth, []);
            var kept = plain.Where(node => IsLarge(node, objects)).Select(node => node.Key).ToList();
            var named = plain.Where(node => !kept.Contains(node.Key))
                .OrderBy(node => node.Key.Count(letter => letter == '/'))
                .ThenByDescending(node => node.Value.Sums[1]).ThenByDescending(node => node.Value.Sums[0])
                .ThenBy(node => node.Key, NaiveListing.Utf8Order)
                .Take(Math.Max(0, nodes - kept.Count)).Select(node => node.Key).Concat(kept);

            var tree = List(objects, "", "/", depth, [], TreeTally.DefaultMaxBytes, seed).ToTree(0, nodes, _ => 0, 0);

            Assert.Equal(
                named.Order(NaiveListing.Utf8Order),
                All(tree, tree.Root).Skip(1).Select(node => Encoding.UTF8.GetString(node.Name)).Order(NaiveListing.Utf8Order));
        });

    [Fact]
    public void Whole_Levels_Stay_When_There_Are_Too_Many_Equal_Folders()
    {
        int[] widths = [12, 12, 10, 6, 3, 2];
        string[] keys = [""];
        foreach (var width in widths)
        {
            keys = [.. keys.SelectMany(key => Enumerable.Range(0, width), (key, number) => $"{key}{number:00}/")];
        }

        SummaryResponse.Named[] objects = [.. keys.Select(key => new SummaryResponse.Named($"{key}x", 1, 0, "STANDARD"))];
        Assert.Equal(51_840, objects.Length);

        var tree = List(objects, "", "/", 6, [], TreeTally.DefaultMaxBytes, seed: 1).ToTree(0, 10_000, _ => 100, 10_000_000);

        var nodes = All(tree, tree.Root).ToList();
        var deepest = nodes.Max(node => node.Level);
        Assert.Equal(10_001, nodes.Count);
        Assert.InRange(nodes.Where(node => node.Level < deepest).Sum(node => node.Rest.Objects), 0, objects.Length / 20);
    }

    [Theory]
    [InlineData("~/x", 200)]
    [InlineData("~/x", 0)]
    [InlineData("!/x", 200)]
    [InlineData("!/x", 0)]
    public void Folder_With_One_Percent_Is_Named_Whenever_It_Comes(string name, long size)
    {
        List<SummaryResponse.Named> objects = [.. Enumerable.Range(0, 20_000).Select(number => new SummaryResponse.Named($"{number:00000}/x", 1, 0, "STANDARD"))];
        objects.AddRange(Enumerable.Range(0, size == 0 ? 203 : 2).Select(number => new SummaryResponse.Named($"{name}{number:000}", size, 0, "STANDARD")));
        objects.Sort((left, right) => NaiveListing.Utf8Order.Compare(left.Key, right.Key));

        var tree = List([.. objects], "", "/", 2, [], memory: 200_000, seed: 5).ToTree(1000, 10, _ => 100, 1000);

        Assert.Contains(tree.Children[tree.Root], node => Encoding.UTF8.GetString(node.Name) == name[..2]);
    }

    /// <summary>Memory is bounded even where every object has a folder of its own, and nothing depends on the folding.</summary>
    [Fact]
    public void Nodes_Are_Bounded()
    {
        SummaryResponse.Named[] objects = [.. Enumerable.Range(0, 30_000).Select(number => new SummaryResponse.Named($"{number:00000}/x/y", number, 0, "STANDARD"))];

        var tree = List(objects, "", "/", 2, [], memory: 100_000, seed: 3).ToTree(0, int.MaxValue, _ => 0, 0);

        var nodes = All(tree, tree.Root).Skip(1).ToList();
        Assert.InRange(nodes.Count, 50, 100_000 / 240);
        Assert.Equal(objects.Length - nodes.Count(node => node.Level == 1), tree.Root.Rest.Objects);
        Assert.Contains("29999/", nodes.Select(node => Encoding.UTF8.GetString(node.Name)));
    }

    /// <summary>Lists ranges page by page in a random order, as a parallel listing does.</summary>
    private static TreeTally List(
        SummaryResponse.Named[] objects, string prefix, string delimiter, int depth, long[] edges, int memory, int seed)
    {
        PCG random = new(1, (ulong)seed);
        int Next(int most) => (int)random.Next((uint)most);

        TreeTally tally = new(Encoding.UTF8.GetBytes(prefix), Encoding.UTF8.GetBytes(delimiter), depth, edges.Length + 1, memory);
        ClassEdges ages = new(edges);
        List<int> ends = [.. Enumerable.Range(0, Next(6)).Select(_ => Next(objects.Length + 1)).Append(objects.Length).Distinct().Order()];
        var positions = ends.Select((_, range) => range == 0 ? 0 : ends[range - 1]).ToArray();
        while (Enumerable.Range(0, ends.Count).Where(range => positions[range] < ends[range]).ToList() is { Count: > 0 } open)
        {
            var range = open[Next(open.Count)];
            var last = Math.Min(ends[range], positions[range] + 1 + Next(29));
            foreach (var stored in objects[positions[range]..last])
            {
                tally.Add(Encoding.UTF8.GetBytes(stored.Key), stored.Size, stored.LastModified, ages.Of(stored.LastModified));
            }

            positions[range] = last;
            tally.FoldListed(Remaining(objects, prefix, ends, positions));
        }

        return tally;
    }

    private static List<KeyRange> Remaining(SummaryResponse.Named[] objects, string prefix, List<int> ends, int[] positions) =>
    [
        .. from range in Enumerable.Range(0, ends.Count)
           where positions[range] < ends[range]
           select new KeyRange(
               positions[range] == 0 ? null : Key(objects[positions[range] - 1], prefix), ends[range] == objects.Length ? null : Key(objects[ends[range] - 1], prefix)),
    ];

    private static byte[] Key(SummaryResponse.Named stored, string prefix) => Encoding.UTF8.GetBytes(stored.Key[prefix.Length..]);

    private static IEnumerable<TreeNode> All(Tree tree, TreeNode node) => tree.Children[node].SelectMany(child => All(tree, child)).Prepend(node);

    private static void AssertSum(Tree tree, TreeNode node)
    {
        Assert.Equal(node.Total.Objects, node.Own.Objects + node.Rest.Objects + tree.Children[node].Sum(child => child.Total.Objects));
        Assert.Equal(node.Total.Bytes, node.Own.Bytes + node.Rest.Bytes + tree.Children[node].Sum(child => child.Total.Bytes));
    }

    private static void AssertLargestAreNamed(SortedDictionary<string, NodeSums> plain, Tree tree, string prefix, string delimiter)
    {
        var named = tree.Children[tree.Root].Select(node => Encoding.UTF8.GetString(node.Name)).ToHashSet();
        Assert.All(
            plain.Where(node => PlainBreakdown.Names(node.Key, prefix, delimiter).Count() == 1
                && ((node.Value.Sums[0] * 100 >= tree.Root.Total.Objects) || (node.Value.Sums[1] > 0 && node.Value.Sums[1] * 100 >= tree.Root.Total.Bytes))),
            node => Assert.Contains(node.Key, named));
    }

    private static bool IsLarge(KeyValuePair<string, NodeSums> node, SummaryResponse.Named[] objects) =>
        node.Key.Count(letter => letter == '/') == 1
        && (node.Value.Sums[0] >= objects.Length / 100
            || (node.Value.Sums[1] > 0 && node.Value.Sums[1] >= objects.Sum(stored => stored.Size) / 100));
}
