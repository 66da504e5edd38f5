using System.Text.Json;
using S3Lister.Functions.Gateway;

namespace S3Lister.Tests.Contract;

/// <summary>Summaries that would exceed Lambda's limit have shorter lists, and say so.</summary>
public sealed class SummaryLimitTests
{
    [Fact]
    public async Task Lists_Are_Marked_As_Truncated_When_Keys_Have_Their_Maximum_Length()
    {
        string[] keys = [.. Enumerable.Range(0, 1000).Select(i => $"{i:0000}{new string('\u0001', 1020)}")];
        await using var bucket = await TestBucket.StartAsync(keys);
        await using ComposedApi api = new(bucket.Server.Endpoint, TestBucket.Name);

        var response = await api.GetSummaryAsync("top=1000");

        var lengths = ((string[])["largest", "newest", "oldest"]).Select(list => response.Json.GetProperty(list).GetArrayLength()).ToList();
        Assert.InRange(response.Bytes, HttpResult.LargestResponse * 9 / 10, HttpResult.LargestResponse);
        Assert.True(response.Json.GetProperty("topTruncated").GetBoolean());
        Assert.All(lengths, length => Assert.Equal(lengths[0], length));
        Assert.Equal(1000, response.Json.GetProperty("objects").GetInt32());
    }

    /// <summary>Groups may take half of the response and lists the rest, without the splits.</summary>
    [Fact]
    public async Task Splits_Are_Complete_When_Keys_Have_Their_Maximum_Length()
    {
        string[] keys = [.. Enumerable.Range(0, 1000).Select(i => $"{i:0000}{new string('\u0001', 1018)}/{(char)('0' + (i % 10))}")];
        await using var bucket = await TestBucket.StartAsync(keys);
        await using ComposedApi api = new(bucket.Server.Endpoint, TestBucket.Name);

        var response = await api.GetSummaryAsync("delimiter=%2F&splits=64&top=1000");

        Assert.Equal(63, response.Json.GetProperty("splits").GetArrayLength());
        Assert.InRange(response.Bytes, HttpResult.LargestResponse * 9 / 10, HttpResult.LargestResponse);
        Assert.True(response.Json.GetProperty("topTruncated").GetBoolean());
        Assert.True(response.Json.GetProperty("groupsTruncated").GetBoolean());
    }

    [Fact]
    public async Task Groups_Are_Marked_As_Truncated_When_There_Are_Too_Many()
    {
        const int Groups = 10_500;
        await using var bucket = await TestBucket.StartAsync([.. Enumerable.Range(0, Groups).Select(i => $"{i:00000}/")]);
        await using ComposedApi api = new(bucket.Server.Endpoint, TestBucket.Name);

        AssertGroups((await api.GetSummaryAsync("delimiter=%2F")).Json, Groups, named: 10_000);
    }

    [Fact]
    public async Task Groups_Are_Marked_As_Truncated_When_Their_Names_Are_Long()
    {
        const int Groups = 1000;
        await using var bucket = await TestBucket.StartAsync([.. Enumerable.Range(0, Groups).Select(i => $"{i:000}{new string('\u0001', 1020)}/")]);
        await using ComposedApi api = new(bucket.Server.Endpoint, TestBucket.Name);

        var response = await api.GetSummaryAsync("delimiter=%2F&top=100");

        AssertGroups(response.Json, Groups, response.Json.GetProperty("groups").GetArrayLength());
        Assert.Equal(100, response.Json.GetProperty("largest").GetArrayLength());
        Assert.InRange(response.Bytes, HttpResult.LargestResponse / 2, HttpResult.LargestResponse);
    }

    /// <summary>Groups, tree, cube, endings and lists all have more than fits.</summary>
    [Theory]
    [InlineData("application/json")]
    [InlineData("application/x-ndjson")]
    [InlineData("text/csv")]
    public async Task Tree_Is_Folded_When_Its_Names_Are_Long(string accept)
    {
        const int Folders = 2000;
        var edges = string.Join(',', Enumerable.Range(1, 12).Select(day => $"2026-01-{day:00}T00:00:00Z"));
        await using var bucket = await TestBucket.StartAsync(
            [.. Enumerable.Range(0, Folders).Select(i => $"{i:0000}{new string('\u0001', 900)}/{new string('"', 100)}/a.{i}")]);
        await using ComposedApi api = new(bucket.Server.Endpoint, TestBucket.Name);

        var response = await api.GetSummaryAsync(GatewayEvent.Get(
            "/summary", $"by=cube,ending&delimiter=%2F&depth=3&modified-edges={edges}&top=1000", headers: ("accept", accept)));

        Assert.Equal(200, response.Status);
        Assert.InRange(response.Bytes, HttpResult.LargestResponse / 4, HttpResult.LargestResponse);
        if (accept == "application/json")
        {
            var tree = response.Json.GetProperty("tree").EnumerateArray().ToList();
            Assert.Equal(Folders, tree.Sum(node => node.GetProperty("objects").GetInt32()) + response.Json.GetProperty("rest").GetProperty("objects").GetInt32());
            Assert.InRange(tree.Count, 100, Folders - 1);
            Assert.Equal(1000, response.Json.GetProperty("endings").GetArrayLength());
            Assert.Equal(Folders - 1000, response.Json.GetProperty("otherEndings").GetProperty("objects").GetInt32());
        }
    }

    private static void AssertGroups(JsonElement summary, int groups, int named)
    {
        Assert.True(summary.GetProperty("groupsTruncated").GetBoolean());
        Assert.Equal(named, summary.GetProperty("groups").GetArrayLength());
        Assert.Equal(groups - named, summary.GetProperty("otherGroups").GetProperty("objects").GetInt32());
        Assert.Equal(
            Enumerable.Range(0, named),
            summary.GetProperty("groups").EnumerateArray()
                .Select(group => int.Parse(group.GetProperty("commonPrefix").GetString()!.TrimEnd('/').TrimEnd('\u0001'), System.Globalization.CultureInfo.InvariantCulture)));
    }
}
