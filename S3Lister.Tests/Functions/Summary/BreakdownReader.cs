using System.Text.Json;

namespace S3Lister.Tests.Functions.Summary;

/// <summary>Reads the breakdown of a response and checks that each node is the sum of its parts.</summary>
internal static class BreakdownReader
{
    /// <returns>Null if the response has none.</returns>
    public static Breakdown? Read(JsonElement json)
    {
        if (!json.TryGetProperty("cube", out var cube))
        {
            return null;
        }

        SortedDictionary<string, NodeSums> tree = new(NaiveListing.Utf8Order);
        if (json.TryGetProperty("tree", out var nodes))
        {
            var named = ReadNodes(nodes, tree);
            var (rest, ungrouped) = (Sums(json.GetProperty("rest")), Sums(json.GetProperty("ungrouped")));
            Assert.Equal(Sums(json), (named.Objects + rest.Objects + ungrouped.Objects, named.Bytes + rest.Bytes + ungrouped.Bytes));
        }

        Assert.Equal((0, 0), Sums(json.GetProperty("otherEndings")));
        return new(
            tree,
            Table(cube, cell => $"{cell.GetProperty("age")} {cell.GetProperty("size")} {cell.GetProperty("storageClass")}"),
            Table(json.GetProperty("endings"), row => row.GetProperty("ending").GetString()!));
    }

    public static Breakdown Sum(IEnumerable<Breakdown> parts) => new(
        new(
            parts.SelectMany(part => part.Tree).GroupBy(node => node.Key).ToDictionary(nodes => nodes.Key, nodes => NodeSums.Of(nodes.Select(node => node.Value))),
            NaiveListing.Utf8Order),
        Sum(parts, part => part.Cube),
        Sum(parts, part => part.Endings));

    public static (long Objects, long Bytes) Sums(JsonElement json) => (json.GetProperty("objects").GetInt64(), json.GetProperty("bytes").GetInt64());

    /// <summary>Adds the nodes and returns the sums of those of this level.</summary>
    private static (long Objects, long Bytes) ReadNodes(JsonElement nodes, SortedDictionary<string, NodeSums> tree)
    {
        var total = (Objects: 0L, Bytes: 0L);
        (long, long, string)? previous = null;
        foreach (var node in nodes.EnumerateArray())
        {
            var name = node.GetProperty("commonPrefix").GetString()!;
            var (sums, own, rest) = (Sums(node), Sums(node.GetProperty("own")), Sums(node.GetProperty("rest")));
            var children = ReadNodes(node.GetProperty("children"), tree);
            var ages = node.GetProperty("ages").EnumerateArray().Select(Sums).ToList();
            Assert.Equal(sums, (own.Objects + rest.Objects + children.Objects, own.Bytes + rest.Bytes + children.Bytes));
            Assert.Equal(sums, (ages.Sum(age => age.Objects), ages.Sum(age => age.Bytes)));
            Assert.True(previous is null || IsAfter(previous.Value, (sums.Bytes, sums.Objects, name)), "The nodes are not in order.");
            previous = (sums.Bytes, sums.Objects, name);
            tree.Add(name, new(
                [sums.Objects, sums.Bytes, own.Objects, own.Bytes, rest.Objects, rest.Bytes, .. ages.SelectMany(age => (long[])[age.Objects, age.Bytes])],
                node.GetProperty("newest").GetDateTimeOffset().ToUnixTimeSeconds(),
                node.GetProperty("oldest").GetDateTimeOffset().ToUnixTimeSeconds()));
            total = (total.Objects + sums.Objects, total.Bytes + sums.Bytes);
        }

        return total;
    }

    private static bool IsAfter((long Bytes, long Objects, string Name) previous, (long Bytes, long Objects, string Name) node) =>
        previous.Bytes != node.Bytes ? previous.Bytes > node.Bytes
        : previous.Objects != node.Objects ? previous.Objects > node.Objects
        : NaiveListing.Utf8Order.Compare(previous.Name, node.Name) < 0;

    private static SortedDictionary<string, (long Objects, long Bytes)> Table(JsonElement rows, Func<JsonElement, string> name) =>
        new(rows.EnumerateArray().ToDictionary(name, Sums), NaiveListing.Utf8Order);

    private static SortedDictionary<string, (long, long)> Sum(
        IEnumerable<Breakdown> parts, Func<Breakdown, SortedDictionary<string, (long Objects, long Bytes)>> table) => new(
        parts.SelectMany(table).GroupBy(row => row.Key).ToDictionary(
            rows => rows.Key, rows => (rows.Sum(row => row.Value.Objects), rows.Sum(row => row.Value.Bytes))),
        NaiveListing.Utf8Order);
}
