using System.Text;
using System.Text.Json;
using S3Lister.Inventory.Runs;
using S3Lister.Local.EmbeddedS3.Synthetic;

namespace S3Lister.Inventory.Tests.Simulation;

/// <summary>The summary of a run whose ranges many exports have listed.</summary>
public sealed class SummaryTests
{
    private static readonly DateTimeOffset Edge = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("giant")]
    [InlineData("skewed")]
    [InlineData("non-ascii")]
    public void Summary_Has_The_Sums_Of_Each_Folder_Class_And_Cell(string shape)
    {
        VirtualTime time = new();
        var keys = BucketKeys.Of(KeyShapes.Create(shape, 30_000));
        using Destination destination = new(time);
        SimulatedRun run = new(new SimulatedBucket(time, keys), destination)
        {
            PageSize = 5,
            Input = new() { Format = InventoryInput.None, Depth = 2, ModifiedEdges = [Edge] },
        };

        run.Run();

        using var summary = JsonDocument.Parse(destination.Objects["runs/run/summary.json"]);
        var objects = Enumerable.Range(0, (int)keys.Count).Select(index => new Expected(keys, index)).ToList();
        Assert.Equal(Sums(objects, static each => each.Folder).Where(static each => each.Key.Length > 0), Nodes(summary.RootElement.GetProperty("tree")));
        Assert.Equal(Sums(objects, static each => each.Class), Read(summary.RootElement.GetProperty("storageClasses"), static each => each.GetProperty("storageClass").GetString()!));
        Assert.Equal(
            Sums(objects, static each => $"{each.Age} {each.Class}"),
            Read(summary.RootElement.GetProperty("cube"), static each => $"{each.GetProperty("age").GetInt32()} {each.GetProperty("storageClass").GetString()}"));
    }

    private static SortedDictionary<string, (long Objects, long Bytes)> Sums(IEnumerable<Expected> objects, Func<Expected, string> name) =>
        new(objects.GroupBy(name).ToDictionary(static group => group.Key, static group => ((long)group.Count(), group.Sum(static each => each.Size))), StringComparer.Ordinal);

    private static SortedDictionary<string, (long Objects, long Bytes)> Nodes(JsonElement tree) => Read(tree, static node => node.GetProperty("commonPrefix").GetString()!);

    private static SortedDictionary<string, (long Objects, long Bytes)> Read(JsonElement array, Func<JsonElement, string> name) => new(
        array.EnumerateArray().GroupBy(name).ToDictionary(
            static group => group.Key,
            static group => (group.Sum(static each => each.GetProperty("objects").GetInt64()), group.Sum(static each => each.GetProperty("bytes").GetInt64()))),
        StringComparer.Ordinal);

    private sealed class Expected
    {
        public Expected(BucketKeys keys, long index)
        {
            var text = new byte[1024];
            var key = Encoding.UTF8.GetString(text, 0, keys.Write(index, text));
            var info = SyntheticObjectStore.Info(index);
            Folder = key[..(key.IndexOf('/', StringComparison.Ordinal) + 1)];
            Size = info.Size;
            Class = (index & 7) == 0 ? "GLACIER" : "STANDARD";
            Age = info.LastModified < Edge.ToUnixTimeSeconds() ? 0 : 1;
        }

        public string Folder { get; }

        public string Class { get; }

        public long Size { get; }

        public int Age { get; }
    }
}
