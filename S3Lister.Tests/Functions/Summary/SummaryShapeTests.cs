using System.Text;
using S3Lister.Listing.Text;
using S3Lister.Local.EmbeddedS3.Synthetic;

namespace S3Lister.Tests.Functions.Summary;

/// <summary>The bucket shapes of the load tests: every object is counted once, at a limited cost.</summary>
public sealed class SummaryShapeTests
{
    private const int Objects = 6000;
    private const int PageSize = 10;

    public static TheoryData<string> Shapes => [.. KeyShapes.Names];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Summary_Is_Correct_And_Costs_Few_Additional_Requests(string shape)
    {
        SyntheticObjectStore store = new(KeyShapes.Create(shape, Objects));
        await using var bucket = await TestBucket.StartAsync(store);
        await using ComposedApi api = new(bucket.Server.Endpoint, TestBucket.Name, pageSize: PageSize);

        var summary = (await api.GetSummaryAsync("delimiter=%2F&top=0")).Json;

        Assert.Equal((Objects, Bytes(store)), (summary.GetProperty("objects").GetInt64(), summary.GetProperty("bytes").GetInt64()));
        Assert.InRange(summary.GetProperty("s3Requests").GetInt32(), (Objects / PageSize) + 1, (Objects / PageSize * 1.2) + 24);
    }

    /// <summary>Each call starts without the keys and folders that the calls before have seen.</summary>
    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Parts_Are_Correct_And_Cost_Few_Additional_Requests(string shape)
    {
        await using var bucket = await TestBucket.StartAsync(new SyntheticObjectStore(KeyShapes.Create(shape, Objects)));
        await using ComposedApi api = new(bucket.Server.Endpoint, TestBucket.Name, pageSize: PageSize);
        var (objects, requests, token) = (0, 0, "");
        do
        {
            var part = await api.GetSummaryAsync($"max-requests=30&top=0{(token.Length == 0 ? "" : $"&continuation-token={token}")}");
            Assert.True(part.Status == 200, part.Body);
            Assert.InRange(part.Json.GetProperty("s3Requests").GetInt32(), 1, 30);
            requests += part.Json.GetProperty("s3Requests").GetInt32();
            objects += part.Json.GetProperty("objects").GetInt32();
            token = part.NextToken;
        }
        while (token is not null);

        Assert.Equal(Objects, objects);
        Assert.InRange(requests, Objects / PageSize, Objects / PageSize * 1.25);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Splits_Cut_What_Is_Listed_In_Parallel_Into_About_Equal_Ranges(string shape)
    {
        SyntheticObjectStore store = new(KeyShapes.Create(shape, Objects));
        await using var bucket = await TestBucket.StartAsync(store);
        await using ComposedApi api = new(bucket.Server.Endpoint, TestBucket.Name, pageSize: PageSize);

        foreach (var ranges in (int[])[2, 16, 64])
        {
            var summary = (await api.GetSummaryAsync($"splits={ranges}&top=0")).Json;
            byte[][] splits = [.. summary.GetProperty("splits").EnumerateArray().Select(split => Encoding.UTF8.GetBytes(split.GetString()!))];

            Assert.Equal(ranges - 1, splits.Length);
            Assert.InRange(LargestRange(store, splits), 1, 2 * Objects / ranges);
        }
    }

    private static int LargestRange(SyntheticObjectStore store, byte[][] splits)
    {
        var sizes = new int[splits.Length + 1];
        var cursor = store.OpenCursor();
        for (var isThere = cursor.Seek([]); isThere; isThere = cursor.MoveNext())
        {
            var at = Array.BinarySearch(splits, cursor.Key.ToArray(), KeyComparer.Instance);
            Assert.True(at < 0, "A split is a key.");
            sizes[~at]++;
        }

        return sizes.Max();
    }

    private static long Bytes(SyntheticObjectStore store)
    {
        var bytes = 0L;
        var cursor = store.OpenCursor();
        for (var isThere = cursor.Seek([]); isThere; isThere = cursor.MoveNext())
        {
            bytes += cursor.Info.Size;
        }

        return bytes;
    }
}
