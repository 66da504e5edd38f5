using S3Lister.Inventory.Configuration;
using S3Lister.Inventory.Planning;
using S3Lister.Inventory.Runs;
using S3Lister.Inventory.Tests.Simulation;

namespace S3Lister.Inventory.Tests.Planning;

public sealed class PlannerTests
{
    private static readonly InventoryJob Job = new() { Run = "run" };

    [Theory]
    [InlineData("", "parquet", 3, 0, "run must be")]
    [InlineData("a/b", "parquet", 3, 0, "run must be")]
    [InlineData("run", "orc", 3, 0, "format must be")]
    [InlineData("run", "none", 9, 0, "depth must be")]
    [InlineData("run", "none", 3, 8, "modifiedEdges must be")]
    public void Run_With_Invalid_Input_Is_Rejected(string run, string format, int depth, int edges, string message)
    {
        InventoryInput input = new() { Format = format, Depth = depth, ModifiedEdges = [.. Enumerable.Range(1, edges).Select(static year => new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero))] };

        var exception = Assert.Throws<ArgumentException>(() => JobValidator.Validate(new() { Run = run, Input = input }));

        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Fails_When_Three_Rounds_Have_Listed_Nothing()
    {
        VirtualTime time = new();
        using Destination destination = new(time);
        Planner planner = new(new RunRecords(new RunStore(destination, "destination", null)), new InventoryOptions());

        var failed = time.Run(async () =>
        {
            for (var round = 0; round < 3; round++)
            {
                Assert.Equal(1, (await planner.PlanAsync(Job with { Round = round }, CancellationToken.None)).Items);
            }

            return await Assert.ThrowsAsync<InvalidOperationException>(() => planner.PlanAsync(Job with { Round = 3 }, CancellationToken.None));
        });

        Assert.StartsWith("3 rounds have listed nothing", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bundles_Share_Ranges_Evenly_And_Give_A_Huge_Estimate_One_Item()
    {
        var ranges = Enumerable.Range(0, 100)
            .Select(static number => new WeightedRange(new([(byte)number], [(byte)(number + 1)]), number == 50 ? 1e15 : 1000 + number))
            .ToList();

        var items = Bundles.Make(ranges, 16);

        Assert.Equal(16, items.Count);
        Assert.Single(RangeSections.Decode(items.MaxBy(static item => item.Weight)!.Ranges));
        Assert.All(items.Where(static item => item.Weight < 1e15), static item => Assert.InRange(item.Weight, 6000, 8000));
        Assert.Equal(100, items.Sum(static item => RangeSections.Decode(item.Ranges).Count));
    }
}
