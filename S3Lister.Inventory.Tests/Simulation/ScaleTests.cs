using System.Globalization;
using S3Lister.Inventory.Configuration;
using S3Lister.Inventory.Runs;
using S3Lister.Listing.S3;
using S3Lister.Local.EmbeddedS3.Synthetic;

namespace S3Lister.Inventory.Tests.Simulation;

/// <summary>
/// Runs over buckets of all shapes, in virtual time. A page has 10 keys instead of 1000, so a bucket of as many pages has a
/// hundredth of the keys. <c>S3LISTER_SIMULATED_MILLIONS</c> is the number of keys of a bucket with as many pages, and
/// <c>S3LISTER_SIMULATED_SHAPES</c> are names of shapes, separated by commas.
/// </summary>
public sealed class ScaleTests(ITestOutputHelper output)
{
    private const int PageSize = 10;
    private const int Scale = ListingLimits.MaxKeys / PageSize;

    private static readonly long Keys = 1_000_000 * long.Parse(
        Environment.GetEnvironmentVariable("S3LISTER_SIMULATED_MILLIONS") ?? "5", CultureInfo.InvariantCulture) / Scale;

    public static TheoryData<string> Shapes => [.. Environment.GetEnvironmentVariable("S3LISTER_SIMULATED_SHAPES")?.Split(',') ?? KeyShapes.Names];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Run_Lists_Each_Key_Once_Near_The_Limit_Of_S3(string shape)
    {
        var figures = Run(shape, partitions: 1, concurrency: 16);

        var floor = Keys / PageSize / SimulatedBucket.RequestsPerSecond;
        Assert.InRange(figures.Served, 1, Keys / PageSize * 1.15);
        Assert.InRange(figures.Time.TotalSeconds, 1, 75 + (1.5 * floor));
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Run_Uses_Further_Partitions(string shape)
    {
        var figures = Run(shape, partitions: 8, concurrency: 64);

        var floor = Keys / PageSize / (8 * SimulatedBucket.RequestsPerSecond);
        Assert.InRange(figures.Time.TotalSeconds, 1, 60 + (3 * floor));
    }

    private RunFigures Run(string shape, int partitions, int concurrency)
    {
        VirtualTime time = new();
        SimulatedBucket bucket = new(time, BucketKeys.Of(KeyShapes.Create(shape, Keys)), partitions);
        using Destination destination = new(time);
        SimulatedRun run = new(bucket, destination)
        {
            PageSize = PageSize,
            CpuPerPage = TimeSpan.FromMilliseconds(0.8),
            Input = new() { Format = InventoryInput.None, Depth = 2 },
            Options = new InventoryOptions { Bucket = "source", Destination = "destination", MaxConcurrency = concurrency },
        };

        var figures = run.Run();

        var pages = bucket.Keys.Count / PageSize;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{shape}, {partitions} partitions: {figures.Time.TotalSeconds:0} s, floor {pages / SimulatedBucket.RequestsPerSecond / partitions:0} s, {figures.Rounds} rounds, LIST {100.0 * figures.Served / pages - 100:+0.0;-0.0} %, throttled {100.0 * figures.Throttled / pages:0.0} %"));
        Assert.Equal(bucket.Keys.Count, figures.Result.Objects);
        var bytes = 0L;
        for (var index = 0L; index < bucket.Keys.Count; index++)
        {
            bytes += SyntheticObjectStore.Info(index).Size;
        }

        Assert.Equal(bytes, figures.Result.Bytes);
        return figures;
    }
}
