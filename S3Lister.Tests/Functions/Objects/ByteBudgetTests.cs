using Microsoft.Extensions.Time.Testing;
using S3Lister.Functions.Gateway;

namespace S3Lister.Tests.Functions.Objects;

/// <summary>Entries so long that only three of them fit into a response.</summary>
public sealed class ByteBudgetTests
{
    private const int Long = 2_000_000;

    private readonly S3Double _s3 = new(clock: new FakeTimeProvider());

    [Fact]
    public async Task Half_As_Many_Keys_Are_Requested_When_A_Page_Would_Exceed_Lambdas_Limit()
    {
        Responds("abcdef", Long, 0, "all");
        Responds("abc", Long, 0, "half");
        Responds("def", Long, 0, "rest");

        var response = await _s3.GetObjectsAsync("max-keys=6");

        Assert.Equal([6, 3, 3], _s3.Requests.Select(request => request.MaxKeys));
        Assert.Equal([null, null, "half"], _s3.Requests.Select(request => request.ContinuationToken));
        Assert.Equal(3, response.Json.GetProperty("keyCount").GetInt32());
        Assert.Equal(12, response.Json.GetProperty("scanned").GetInt32());
        Assert.Equal(3, response.Json.GetProperty("s3Requests").GetInt32());
        Assert.True(response.Json.GetProperty("isTruncated").GetBoolean());

        _s3.Responds(["d"]);
        await _s3.GetObjectsAsync($"continuation-token={response.NextToken}");
        Assert.Equal("half", _s3.Requests[^1].ContinuationToken);
    }

    [Fact]
    public async Task Page_Continues_After_The_Half_When_There_Is_Room()
    {
        Responds("abcd", Long, 0, "all");
        Responds("ab", Long, 0, "half").Responds(["c", "d"]);

        var response = await _s3.GetObjectsAsync("max-keys=5");

        Assert.Equal([5, 2, 2], _s3.Requests.Select(request => request.MaxKeys));
        Assert.Equal(4, response.Json.GetProperty("contents").GetArrayLength());
        Assert.False(response.Json.GetProperty("isTruncated").GetBoolean());
    }

    [Fact]
    public async Task Response_Is_502_When_A_Single_Entry_Would_Exceed_Lambdas_Limit()
    {
        _s3.Responds(["a"], change: response => response.S3Objects[0].ETag = new string('e', 7_000_000));

        var response = await _s3.GetObjectsAsync("max-keys=1");

        Assert.Equal(502, response.Status);
        Assert.Single(_s3.Requests);
    }

    [Fact]
    public async Task Common_Prefixes_Count_And_Are_Dropped_With_The_Page_That_Does_Not_Fit()
    {
        // A control character is seven bytes in the envelope.
        string[] prefixes = [.. Enumerable.Range(100, 499).Select(i => $"b{i}{new string('\u0001', 1000)}/")];
        Responds("a", 5_000_000, 0, "all", prefixes);
        Responds("a", 5_000_000, 0, "half");
        _s3.Responds([], "rest", prefixes[..249]);

        var response = await _s3.GetObjectsAsync("delimiter=%2F&max-keys=500");

        Assert.Equal([500, 250, 250], _s3.Requests.Select(request => request.MaxKeys));
        Assert.Equal(1, response.Json.GetProperty("contents").GetArrayLength());
        Assert.Equal(0, response.Json.GetProperty("commonPrefixes").GetArrayLength());
        Assert.True(response.Json.GetProperty("isTruncated").GetBoolean());
    }

    [Theory]
    [InlineData(10_000, 502)]
    [InlineData(5_000, 200)]
    public async Task Quotes_Of_An_Object_Count_As_Escaped_In_The_Envelope(int quotes, int status)
    {
        // A quote is four bytes in the envelope: it is escaped in the body, and both bytes are escaped again.
        Responds("a", 6_200_000, quotes, "next");

        Assert.Equal(status, (await _s3.GetObjectsAsync("max-keys=1")).Status);
    }

    [Theory]
    [InlineData(10, 2)]
    [InlineData(5, 1)]
    public async Task Quotes_Of_A_Common_Prefix_Count_As_Escaped_In_The_Envelope(int thousands, int requests)
    {
        string[] prefixes = [.. Enumerable.Range(10, thousands).Select(i => $"b{i}{new string('"', 1000)}/")];
        Responds("a", 6_200_000, 0, "next", prefixes);
        _s3.Responds(["a"]);

        var response = await _s3.GetObjectsAsync($"delimiter=%2F&max-keys={1 + thousands}");

        Assert.Equal((200, requests), (response.Status, _s3.Requests.Count));
    }

    [Fact]
    public async Task Quotes_Of_All_Pages_Count()
    {
        Responds("a", 3_085_000, 8_000, "one");
        Responds("b", 3_085_000, 8_000, "two");

        var response = await _s3.GetObjectsAsync("max-keys=2");

        Assert.Equal(200, response.Status);
        Assert.Equal(1, response.Json.GetProperty("keyCount").GetInt32());
        Assert.True(response.Json.GetProperty("isTruncated").GetBoolean());
    }

    [Fact]
    public async Task Response_Is_504_When_The_Deadline_Passes_And_The_Only_Page_Was_Too_Long()
    {
        Responds("abcd", Long, 0, "all").Hangs();

        var response = await _s3.GetObjectsAsync();

        Assert.Equal(504, response.Status);
        Assert.Equal(2, _s3.Requests.Count);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/x-ndjson")]
    [InlineData("text/csv")]
    public async Task Response_Fits_When_Everything_Around_The_Entries_Has_Its_Maximum_Length(string format)
    {
        const string Longest = "%01";
        var text = string.Concat(Enumerable.Repeat(Longest, 1024));
        _s3.Responds([new string('\u0001', 1024)], new string('t', 2270), change: response => response.S3Objects[0].ETag = new string('e', 6_218_000));

        var response = await _s3.GetObjectsAsync(GatewayEvent.Get(
            "/objects", $"delimiter={text}&include=%2A&max-keys=1&prefix={text}", headers: ("accept", format)));

        Assert.Equal(200, response.Status);
        Assert.InRange(response.Bytes, 6_225_000, HttpResult.LargestResponse);
    }

    /// <summary>One entry for each letter, with an ETag of this many letters and quotes.</summary>
    private S3Double Responds(string keys, int length, int quotes, string nextToken, params string[] commonPrefixes) => _s3.Responds(
        [.. keys.Select(char.ToString)], nextToken, commonPrefixes,
        response => response.S3Objects.ForEach(entry => entry.ETag = new string('e', length) + new string('"', quotes)));
}
