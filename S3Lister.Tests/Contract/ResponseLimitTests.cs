using System.Globalization;
using S3Lister.Functions.Gateway;

namespace S3Lister.Tests.Contract;

/// <summary>Pages that would exceed Lambda's limit: every response is within it, and no key is lost.</summary>
public sealed class ResponseLimitTests
{
    /// <summary>Each character is six bytes in JSON and seven in the envelope.</summary>
    private static readonly string[] ControlCharacters =
        [.. Enumerable.Range(0, 1000).Select(i => $"{new string('\u0001', 1022)}{(char)(1 + (i / 31))}{(char)(1 + (i % 31))}").Select(key => key.Replace('\n', '\u007F')).Order(NaiveListing.Utf8Order)];

    private static readonly string[] Quotes = [.. Enumerable.Range(0, 10_000).Select(i => $"{new string('"', 1020)}{i:D4}")];

    [Theory]
    [InlineData(1000)]
    [InlineData(10_000)]
    public Task Nothing_Is_Lost_When_All_Keys_Are_Control_Characters(int maxKeys) => CheckAsync(ControlCharacters, maxKeys);

    [Fact]
    public Task Nothing_Is_Lost_When_All_Keys_Are_Quotes() => CheckAsync(Quotes, 10_000);

    [Theory]
    [InlineData("application/x-ndjson")]
    [InlineData("text/csv")]
    public async Task Nothing_Is_Lost_In_The_Other_Formats(string format)
    {
        var keys = Quotes[..2500];
        await using var bucket = await TestBucket.StartAsync(keys);
        await using ComposedApi api = new(bucket.Server.Endpoint, TestBucket.Name);
        var (count, rows, token) = (0, 0, "");
        while (token is not null)
        {
            var page = await api.GetObjectsAsync(GatewayEvent.Get(
                "/objects", $"max-keys=10000{(token.Length == 0 ? "" : $"&continuation-token={token}")}", headers: ("accept", format)));
            Assert.Equal(200, page.Status);
            Assert.InRange(page.Bytes, 1, HttpResult.LargestResponse);
            count += int.Parse(page.Headers["s3lister-key-count"], CultureInfo.InvariantCulture);
            rows += page.Body.Split('\n').Count(line => line.StartsWith("object,", StringComparison.Ordinal) || line.StartsWith('{'));
            token = page.Headers.GetValueOrDefault("s3lister-next-continuation-token");
        }

        Assert.Equal((keys.Length, keys.Length), (count, rows));
    }

    private static async Task CheckAsync(string[] keys, int maxKeys)
    {
        await using var bucket = await TestBucket.StartAsync(keys);
        await using ComposedApi api = new(bucket.Server.Endpoint, TestBucket.Name);
        List<string> listed = [];
        string? token = null;
        do
        {
            var page = await api.GetObjectsAsync($"max-keys={maxKeys}{(token is null ? "" : $"&continuation-token={token}")}");
            Assert.Equal(200, page.Status);
            Assert.InRange(page.Bytes, 1, HttpResult.LargestResponse);
            var json = page.Json;
            listed.AddRange(json.GetProperty("contents").EnumerateArray().Select(entry => entry.GetProperty("key").GetString()!));
            token = json.GetProperty("nextContinuationToken").GetString();
        }
        while (token is not null);

        Assert.Equal(keys, listed);
    }
}
