using System.Text;
using S3Lister.Local.EmbeddedS3.Sample;

namespace S3Lister.Inventory.Tests.Simulation;

public sealed class OddBucketTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public async Task Inventory_Has_Odd_Keys_As_They_Are(int pageSize)
    {
        VirtualTime time = new();
        var keys = BucketKeys.Of(OddKeys.All.Append(new string('k', 1024)).Distinct().Select(Encoding.UTF8.GetBytes));
        using Destination destination = new(time);

        new SimulatedRun(new SimulatedBucket(time, keys), destination) { PageSize = pageSize }.Run();

        await InventoryFiles.CheckAsync(destination, keys);
    }

    [Fact]
    public void Inventory_Of_An_Empty_Bucket_Has_No_Files()
    {
        VirtualTime time = new();
        using Destination destination = new(time);

        var figures = new SimulatedRun(new SimulatedBucket(time, BucketKeys.Of([])), destination).Run();

        Assert.Equal(0, figures.Result.Objects);
        Assert.Contains("\"files\":[]", Encoding.UTF8.GetString(destination.Objects["runs/run/manifest.json"]), StringComparison.Ordinal);
    }
}
