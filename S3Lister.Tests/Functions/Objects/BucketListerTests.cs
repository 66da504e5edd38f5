using Amazon.S3;
using Microsoft.Extensions.Time.Testing;

namespace S3Lister.Tests.Functions.Objects;

public sealed class BucketListerTests
{
    private readonly S3Double _s3 = new();

    [Fact]
    public async Task Page_Has_Every_Field_When_The_Listing_Is_Complete()
    {
        _s3.Answers(["logs/a.txt"], commonPrefixes: ["logs/2026/"]);

        var answer = await _s3.GetObjectsAsync("prefix=logs%2F&delimiter=%2F");

        Assert.Equal(200, answer.Status);
        Assert.Equal(
            """
            {"bucket":"example-bucket","prefix":"logs/","delimiter":"/","maxKeys":1000,"keyCount":2,"isTruncated":false,"nextContinuationToken":null,"contents":[{"key":"logs/a.txt","size":3,"lastModified":"2026-11-23T18:19:29Z","eTag":"\"764efa883dda1e11db47671c4a3bbd9e\"","storageClass":"STANDARD","checksumAlgorithm":["CRC64NVME"]}],"commonPrefixes":["logs/2026/"],"scanned":2,"s3Requests":1}
            """,
            answer.Body);
        Assert.Equal("application/json", answer.Headers["content-type"]);
        Assert.Equal("private, no-cache", answer.Headers["cache-control"]);
        Assert.Equal("nosniff", answer.Headers["x-content-type-options"]);
    }

    [Fact]
    public async Task Lists_Are_Empty_When_S3s_Are_Null()
    {
        _s3.Answers([]);

        var answer = await _s3.GetObjectsAsync("prefix=nothing-here");

        Assert.Equal(200, answer.Status);
        Assert.Equal(0, answer.Json.GetProperty("contents").GetArrayLength());
        Assert.Equal(0, answer.Json.GetProperty("commonPrefixes").GetArrayLength());
        Assert.Equal(0, answer.Json.GetProperty("keyCount").GetInt32());
        Assert.False(answer.Json.GetProperty("isTruncated").GetBoolean());
    }

    [Fact]
    public async Task Request_Asks_For_Encoding_Owner_And_Prefix_Always_And_Leaves_Out_What_Is_Empty()
    {
        _s3.Answers([]);

        await _s3.GetObjectsAsync("delimiter=&start-after=");

        var request = Assert.Single(_s3.Requests);
        Assert.Equal(S3Double.Bucket, request.BucketName);
        Assert.Equal(EncodingType.Url, request.Encoding);
        Assert.Equal(S3Double.Owner, request.ExpectedBucketOwner);
        Assert.Equal("", request.Prefix);
        Assert.Null(request.Delimiter);
        Assert.Null(request.StartAfter);
        Assert.Null(request.ContinuationToken);
        Assert.Equal(1000, request.MaxKeys);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(999, 999)]
    [InlineData(1000, 1000)]
    [InlineData(1001, 1000)]
    [InlineData(10000, 1000)]
    public async Task S3_Is_Asked_For_What_Fits_The_Page(int maxKeys, int asked)
    {
        _s3.Answers([]);

        await _s3.GetObjectsAsync($"max-keys={maxKeys}");

        Assert.Equal(asked, Assert.Single(_s3.Requests).MaxKeys);
    }

    [Fact]
    public async Task Page_Over_A_Thousand_Takes_Several_Requests_And_Ends_On_An_Edge_Of_S3s()
    {
        _s3.Answers(Keys(0, 1000), "one").Answers(Keys(1000, 1000), "two").Answers(Keys(2000, 500), "three");

        var answer = await _s3.GetObjectsAsync("max-keys=2500&start-after=a");

        Assert.Equal([null, "one", "two"], _s3.Requests.Select(request => request.ContinuationToken));
        Assert.Equal(["a", null, null], _s3.Requests.Select(request => request.StartAfter));
        Assert.Equal([1000, 1000, 500], _s3.Requests.Select(request => request.MaxKeys));
        Assert.Equal(2500, answer.Json.GetProperty("keyCount").GetInt32());
        Assert.Equal(3, answer.Json.GetProperty("s3Requests").GetInt32());
        Assert.Equal(Keys(0, 2500), KeysOf(answer));
        Assert.True(answer.Json.GetProperty("isTruncated").GetBoolean());
    }

    [Fact]
    public async Task Token_Goes_On_With_S3s_Token()
    {
        _s3.Answers(["a"], "s3 token/+=").Answers(["b"]);

        var first = await _s3.GetObjectsAsync("max-keys=1");
        var second = await _s3.GetObjectsAsync($"max-keys=1&continuation-token={Token(first)}");

        Assert.Equal("s3 token/+=", _s3.Requests[1].ContinuationToken);
        Assert.Equal(["b"], KeysOf(second));
        Assert.False(second.Json.GetProperty("isTruncated").GetBoolean());
    }

    [Fact]
    public async Task Listing_Goes_On_When_A_Page_Of_S3_Is_Empty_And_Truncated()
    {
        _s3.Answers([], "one").Answers([], "two").Answers(["a"]);

        var answer = await _s3.GetObjectsAsync();

        Assert.Equal(["a"], KeysOf(answer));
        Assert.Equal(3, answer.Json.GetProperty("s3Requests").GetInt32());
        Assert.False(answer.Json.GetProperty("isTruncated").GetBoolean());
    }

    [Fact]
    public async Task Lines_Are_In_S3s_Order_Whatever_They_Are()
    {
        _s3.Answers(["b", "d"], commonPrefixes: ["a/", "c/", "e/", "f/"]);

        var answer = await _s3.GetObjectsAsync(GatewayEvent.Get("/objects", "delimiter=%2F", headers: ("accept", "text/csv")));

        Assert.Equal(["a/", "b", "c/", "d", "e/", "f/"], answer.Body.Split("\r\n")[1..^1].Select(line => line.Split(',')[1]));
    }

    [Fact]
    public async Task Listing_Goes_On_When_A_Page_Has_Common_Prefixes_Only()
    {
        _s3.Answers([], "one", ["a/"]).Answers([], null, ["b/"]);

        var answer = await _s3.GetObjectsAsync("delimiter=%2F");

        Assert.Equal(["a/", "b/"], PrefixesOf(answer));
        Assert.Equal(2, answer.Json.GetProperty("keyCount").GetInt32());
    }

    [Fact]
    public async Task Common_Prefix_Is_Named_Once_When_Neighbouring_Pages_Of_S3_Repeat_It()
    {
        _s3.Answers([], "one", ["a/", "b/"]).Answers(["c"], null, ["b/", "d/"]);

        var answer = await _s3.GetObjectsAsync("delimiter=%2F");

        Assert.Equal(["a/", "b/", "d/"], PrefixesOf(answer));
        Assert.Equal(4, answer.Json.GetProperty("keyCount").GetInt32());
        Assert.Equal(5, answer.Json.GetProperty("scanned").GetInt32());
    }

    [Fact]
    public async Task Common_Prefix_Is_Named_Once_When_It_Is_Repeated_Behind_Our_Token()
    {
        _s3.Answers([], "one", ["a/", "b/"]).Answers([], "two").Answers([], null, ["b/", "c/"]);

        var first = await _s3.GetObjectsAsync("delimiter=%2F&max-keys=2");
        var second = await _s3.GetObjectsAsync($"delimiter=%2F&max-keys=2&continuation-token={Token(first)}");

        Assert.Equal(["a/", "b/"], PrefixesOf(first));
        Assert.Equal(["c/"], PrefixesOf(second));
    }

    [Fact]
    public async Task Page_Ends_Earlier_When_The_Deadline_Comes_After_It_Has_Begun()
    {
        var s3 = new S3Double(clock: new FakeTimeProvider()).Answers(Keys(0, 1000), "one").Hangs();

        var answer = await s3.GetObjectsAsync("max-keys=2000");

        Assert.Equal(200, answer.Status);
        Assert.Equal(1000, answer.Json.GetProperty("keyCount").GetInt32());
        Assert.True(answer.Json.GetProperty("isTruncated").GetBoolean());

        s3.Answers(["x"]);
        await s3.GetObjectsAsync($"continuation-token={Token(answer)}");
        Assert.Equal("one", s3.Requests[^1].ContinuationToken);
    }

    [Fact]
    public async Task Answer_Is_504_When_The_Deadline_Comes_Before_The_First_Page()
    {
        var s3 = new S3Double(clock: new FakeTimeProvider()).Hangs();

        var answer = await s3.GetObjectsAsync();

        Assert.Equal(504, answer.Status);
        Assert.Equal("DeadlineExceeded", answer.Json.GetProperty("code").GetString());
        Assert.Single(s3.Requests);
    }

    [Fact]
    public async Task Answer_Is_504_When_No_Time_Is_Left_At_All()
    {
        _s3.Hangs();

        var answer = await _s3.GetObjectsAsync("", new FunctionContext { RemainingTime = TimeSpan.FromMilliseconds(200) });

        Assert.Equal(504, answer.Status);
    }

    private static string[] Keys(int from, int count) => [.. Enumerable.Range(from, count).Select(i => $"key-{i:D6}")];

    private static string[] KeysOf(Envelope answer) =>
        [.. answer.Json.GetProperty("contents").EnumerateArray().Select(entry => entry.GetProperty("key").GetString()!)];

    private static string[] PrefixesOf(Envelope answer) =>
        [.. answer.Json.GetProperty("commonPrefixes").EnumerateArray().Select(prefix => prefix.GetString()!)];

    private static string Token(Envelope answer) => answer.Json.GetProperty("nextContinuationToken").GetString()!;
}
