using System.Text;
using System.Text.Json;
using S3Lister.Inventory.Runs;

namespace S3Lister.Inventory.Tests.Runs;

public sealed class InventorySerializerTests
{
    [Fact]
    public void Input_Has_Its_Defaults_When_The_Execution_Has_None()
    {
        var job = Read("""{"run":"a","started":"2026-11-28T10:00:00.123Z","input":{},"round":2}""");

        Assert.Equal(("a", 2, "parquet", 3), (job.Run, job.Round, job.Input.Format, job.Input.Depth));
        Assert.Empty(job.Input.ModifiedEdges);
        Assert.Equal(new DateTimeOffset(2026, 11, 28, 10, 0, 0, 123, TimeSpan.Zero), job.Started);
    }

    [Fact]
    public void Input_Is_Read_As_It_Is_Written()
    {
        var job = Read("""{"run":"a","started":"2026-11-28T10:00:00Z","input":{"format":"none","depth":0,"modifiedEdges":["2026-01-01T00:00:00Z"]},"round":0}""");

        Assert.Equal(("none", 0), (job.Input.Format, job.Input.Depth));
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), Assert.Single(job.Input.ModifiedEdges));
    }

    [Fact]
    public void Event_That_Is_Null_Is_An_Error() => Assert.Throws<JsonException>(() => Read("null"));

    private static InventoryJob Read(string json)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(json));
        return new InventorySerializer().Deserialize<InventoryJob>(stream);
    }
}
