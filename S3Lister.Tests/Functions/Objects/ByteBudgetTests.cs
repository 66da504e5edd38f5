using Microsoft.Extensions.Time.Testing;
using S3Lister.Functions.Gateway;

namespace S3Lister.Tests.Functions.Objects;

/// <summary>Entries so long that a page of them does not fit into a response of Lambda's; three of them do.</summary>
public sealed class ByteBudgetTests
{
    private const int Long = 2_000_000;

    private readonly S3Double _s3 = new(clock: new FakeTimeProvider());

    [Fact]
    public async Task S3_Is_Asked_For_Half_As_Many_When_A_Page_Would_Pass_Lambdas_Limit()
    {
        Answers("abcdef", Long, 0, "all");
        Answers("abc", Long, 0, "half");
        Answers("def", Long, 0, "rest");

        var answer = await _s3.GetObjectsAsync("max-keys=6");

        Assert.Equal([6, 3, 3], _s3.Requests.Select(request => request.MaxKeys));
        Assert.Equal([null, null, "half"], _s3.Requests.Select(request => request.ContinuationToken));
        Assert.Equal(3, answer.Json.GetProperty("keyCount").GetInt32());
        Assert.Equal(12, answer.Json.GetProperty("scanned").GetInt32());
        Assert.Equal(3, answer.Json.GetProperty("s3Requests").GetInt32());
        Assert.True(answer.Json.GetProperty("isTruncated").GetBoolean());

        _s3.Answers(["d"]);
        await _s3.GetObjectsAsync($"continuation-token={Token(answer)}");
        Assert.Equal("half", _s3.Requests[^1].ContinuationToken);
    }

    [Fact]
    public async Task Page_Goes_On_Behind_The_Half_When_There_Is_Room()
    {
        Answers("abcd", Long, 0, "all");
        Answers("ab", Long, 0, "half").Answers(["c", "d"]);

        var answer = await _s3.GetObjectsAsync("max-keys=5");

        Assert.Equal([5, 2, 2], _s3.Requests.Select(request => request.MaxKeys));
        Assert.Equal(4, answer.Json.GetProperty("contents").GetArrayLength());
        Assert.False(answer.Json.GetProperty("isTruncated").GetBoolean());
    }

    [Fact]
    public async Task Answer_Is_502_When_One_Entry_Alone_Would_Pass_Lambdas_Limit()
    {
        _s3.Answers(["a"], change: answer => answer.S3Objects[0].ETag = new string('e', 7_000_000));

        var answer = await _s3.GetObjectsAsync("max-keys=1");

        Assert.Equal(502, answer.Status);
        Assert.Single(_s3.Requests);
    }

    [Fact]
    public async Task Common_Prefixes_Count_Too_And_Go_With_The_Page_That_Does_Not_Fit()
    {
        // A control character is seven bytes there.
        string[] prefixes = [.. Enumerable.Range(100, 499).Select(i => $"b{i}{new string('\u0001', 1000)}/")];
        Answers("a", 5_000_000, 0, "all", prefixes);
        Answers("a", 5_000_000, 0, "half");
        _s3.Answers([], "rest", prefixes[..249]);

        var answer = await _s3.GetObjectsAsync("delimiter=%2F&max-keys=500");

        Assert.Equal([500, 250, 250], _s3.Requests.Select(request => request.MaxKeys));
        Assert.Equal(1, answer.Json.GetProperty("contents").GetArrayLength());
        Assert.Equal(0, answer.Json.GetProperty("commonPrefixes").GetArrayLength());
        Assert.True(answer.Json.GetProperty("isTruncated").GetBoolean());
    }

    [Theory]
    [InlineData(10_000, 502)]
    [InlineData(5_000, 200)]
    public async Task Quotes_Of_An_Object_Count_As_The_Envelope_Writes_Them(int quotes, int status)
    {
        // A quote is four bytes there: escaped in the body, and both bytes once more in the envelope.
        Answers("a", 6_200_000, quotes, "next");

        Assert.Equal(status, (await _s3.GetObjectsAsync("max-keys=1")).Status);
    }

    [Theory]
    [InlineData(10, 2)]
    [InlineData(5, 1)]
    public async Task Quotes_Of_A_Common_Prefix_Count_As_The_Envelope_Writes_Them(int thousands, int requests)
    {
        string[] prefixes = [.. Enumerable.Range(10, thousands).Select(i => $"b{i}{new string('"', 1000)}/")];
        Answers("a", 6_200_000, 0, "next", prefixes);
        _s3.Answers(["a"]);

        var response = await _s3.GetObjectsAsync($"delimiter=%2F&max-keys={1 + thousands}");

        Assert.Equal((200, requests), (response.Status, _s3.Requests.Count));
    }

    [Fact]
    public async Task Quotes_Of_All_Pages_Count()
    {
        Answers("a", 3_085_000, 8_000, "one");
        Answers("b", 3_085_000, 8_000, "two");

        var answer = await _s3.GetObjectsAsync("max-keys=2");

        Assert.Equal(200, answer.Status);
        Assert.Equal(1, answer.Json.GetProperty("keyCount").GetInt32());
        Assert.True(answer.Json.GetProperty("isTruncated").GetBoolean());
    }

    [Fact]
    public async Task Deadline_Is_No_Partial_Success_When_The_Only_Page_Was_Too_Long()
    {
        Answers("abcd", Long, 0, "all").Hangs();

        var answer = await _s3.GetObjectsAsync();

        Assert.Equal(504, answer.Status);
        Assert.Equal(2, _s3.Requests.Count);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/x-ndjson")]
    [InlineData("text/csv")]
    public async Task Answer_Fits_When_All_That_Is_Around_The_Entries_Is_As_Long_As_It_May_Be(string format)
    {
        const string Longest = "%01";
        var text = string.Concat(Enumerable.Repeat(Longest, 1024));
        _s3.Answers([new string('\u0001', 1024)], new string('t', 2270), change: answer => answer.S3Objects[0].ETag = new string('e', 6_218_000));

        var answer = await _s3.GetObjectsAsync(GatewayEvent.Get(
            "/objects", $"delimiter={text}&include=%2A&max-keys=1&prefix={text}", headers: ("accept", format)));

        Assert.Equal(200, answer.Status);
        Assert.InRange(answer.Bytes, 6_225_000, HttpResult.LargestResponse);
    }

    /// <summary>An entry of that many letters and quotes for each letter.</summary>
    private S3Double Answers(string keys, int length, int quotes, string nextToken, params string[] commonPrefixes) => _s3.Answers(
        [.. keys.Select(char.ToString)], nextToken, commonPrefixes,
        answer => answer.S3Objects.ForEach(entry => entry.ETag = new string('e', length) + new string('"', quotes)));

    private static string Token(Envelope answer) => answer.Json.GetProperty("nextContinuationToken").GetString()!;
}
