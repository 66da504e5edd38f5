using Amazon.S3;
using Microsoft.Extensions.Time.Testing;

namespace S3Lister.Tests.Functions.Objects;

public sealed class BucketListerTests
{
    private readonly S3Double _s3 = new();

    [Fact]
    public async Task Page_Has_Every_Field_When_The_Listing_Is_Complete()
    {
        _s3.Responds(["logs/a.txt"], commonPrefixes: ["logs/2026/"]);

        var response = await _s3.GetObjectsAsync("prefix=logs%2F&delimiter=%2F");

        Assert.Equal(200, response.Status);
        Assert.Equal(
            """
            {"bucket":"example-bucket","prefix":"logs/","delimiter":"/","maxKeys":1000,"keyCount":2,"isTruncated":false,"nextContinuationToken":null,"contents":[{"key":"logs/a.txt","size":3,"lastModified":"2026-11-23T18:19:29Z","eTag":"\"764efa883dda1e11db47671c4a3bbd9e\"","storageClass":"STANDARD","checksumAlgorithm":["CRC64NVME"]}],"commonPrefixes":["logs/2026/"],"scanned":2,"s3Requests":1}
            """,
            response.Body);
        Assert.Equal("application/json", response.Headers["content-type"]);
        Assert.Equal("private, no-cache", response.Headers["cache-control"]);
        Assert.Equal("nosniff", response.Headers["x-content-type-options"]);
    }

    [Fact]
    public async Task Lists_Are_Empty_When_S3s_Lists_Are_Null()
    {
        _s3.Responds([]);

        var response = await _s3.GetObjectsAsync("prefix=nothing-here");

        Assert.Equal(200, response.Status);
        Assert.Equal(0, response.Json.GetProperty("contents").GetArrayLength());
        Assert.Equal(0, response.Json.GetProperty("commonPrefixes").GetArrayLength());
        Assert.Equal(0, response.Json.GetProperty("keyCount").GetInt32());
        Assert.False(response.Json.GetProperty("isTruncated").GetBoolean());
    }

    [Fact]
    public async Task Request_Always_Has_Encoding_Owner_And_Prefix_And_No_Other_Empty_Parameter()
    {
        _s3.Responds([]);

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
    public async Task Number_Of_Requested_Keys_Is_What_Fits_The_Page(int maxKeys, int requested)
    {
        _s3.Responds([]);

        await _s3.GetObjectsAsync($"max-keys={maxKeys}");

        Assert.Equal(requested, Assert.Single(_s3.Requests).MaxKeys);
    }

    [Fact]
    public async Task Page_Of_More_Than_A_Thousand_Takes_Several_Requests_And_Ends_Where_A_Page_Of_S3_Ends()
    {
        _s3.Responds(Keys(0, 1000), "one").Responds(Keys(1000, 1000), "two").Responds(Keys(2000, 500), "three");

        var response = await _s3.GetObjectsAsync("max-keys=2500&start-after=a");

        Assert.Equal([null, "one", "two"], _s3.Requests.Select(request => request.ContinuationToken));
        Assert.Equal(["a", null, null], _s3.Requests.Select(request => request.StartAfter));
        Assert.Equal([1000, 1000, 500], _s3.Requests.Select(request => request.MaxKeys));
        Assert.Equal(2500, response.Json.GetProperty("keyCount").GetInt32());
        Assert.Equal(3, response.Json.GetProperty("s3Requests").GetInt32());
        Assert.Equal(Keys(0, 2500), response.Keys);
        Assert.True(response.Json.GetProperty("isTruncated").GetBoolean());
    }

    [Fact]
    public async Task Listing_Ends_At_The_First_Page_Of_S3_That_Has_A_Key_At_Or_After_The_End()
    {
        _s3.Responds(["a", "b"], "one").Responds(["c", "d", "e"], "two");

        var response = await _s3.GetObjectsAsync("end-before=d&max-keys=5000");

        Assert.Equal(["a", "b", "c"], response.Keys);
        Assert.False(response.Json.GetProperty("isTruncated").GetBoolean());
        Assert.Null(response.NextToken);
        Assert.DoesNotContain("link", response.Headers.Keys);
        Assert.Equal((3, 5, 2), (response.Json.GetProperty("keyCount").GetInt32(), response.Json.GetProperty("scanned").GetInt32(), _s3.Requests.Count));
    }

    [Fact]
    public async Task Listing_Ends_When_A_Common_Prefix_Is_At_The_End()
    {
        _s3.Responds(["a", "z"], "one", ["b/", "c/"]);

        var response = await _s3.GetObjectsAsync("delimiter=%2F&end-before=c%2F");

        Assert.Equal(["a"], response.Keys);
        Assert.Equal(["b/"], response.CommonPrefixes);
        Assert.False(response.Json.GetProperty("isTruncated").GetBoolean());
    }

    /// <summary>The last requested page has the end, and the pages before have the matches.</summary>
    [Fact]
    public async Task Filtered_Listing_Ends_When_S3_Returns_A_Key_After_The_End()
    {
        _s3.Responds(["a1", "a2"], "one").Responds(["b1", "b2", "c1"], "two");

        var response = await _s3.GetObjectsAsync("end-before=c&include=%2A1");

        Assert.Equal(["a1", "b1"], response.Keys);
        Assert.False(response.Json.GetProperty("isTruncated").GetBoolean());
        Assert.Equal(2, _s3.Requests.Count);
    }

    /// <summary>The page of S3 with the end has more matches than fit, so the next page continues before the end.</summary>
    [Fact]
    public async Task Filtered_Page_Has_A_Token_When_Matches_Before_The_End_Remain()
    {
        _s3.Responds(["a1", "a2", "b1", "c1"], "one").Responds(["a1"], "two").Responds(["a2", "b1", "c1"], "three");

        var first = await _s3.GetObjectsAsync("end-before=c&include=%2A1&max-keys=1");
        var second = await _s3.GetObjectsAsync($"end-before=c&include=%2A1&max-keys=1&continuation-token={first.NextToken}");

        Assert.Equal([1000, 1, 1000], _s3.Requests.Select(request => request.MaxKeys));
        Assert.Equal(["a1"], first.Keys);
        Assert.Equal(["b1"], second.Keys);
        Assert.False(second.Json.GetProperty("isTruncated").GetBoolean());
    }

    /// <summary>A token is not needed at the end, so one that would not fit into ours is not an error.</summary>
    [Fact]
    public async Task Listing_Ends_At_The_End_When_S3s_Token_Is_Longer_Than_Ours_Can_Be()
    {
        _s3.Responds(["a", "b"], new string('t', 6000));

        Assert.Equal(["a"], (await _s3.GetObjectsAsync("end-before=b")).Keys);
    }

    [Theory]
    [InlineData("end-before=a&start-after=a")]
    [InlineData("end-before=a&start-after=b")]
    [InlineData("end-before=logs%2F&prefix=logs%2F")]
    [InlineData("end-before=a&prefix=logs%2F")]
    public async Task Page_Is_Empty_And_Complete_Without_A_Request_When_The_Bounds_Exclude_Every_Key(string query)
    {
        var response = await _s3.GetObjectsAsync(query);

        Assert.Equal((200, 0, 0), (response.Status, response.Json.GetProperty("keyCount").GetInt32(), response.Json.GetProperty("s3Requests").GetInt32()));
        Assert.False(response.Json.GetProperty("isTruncated").GetBoolean());
        Assert.Empty(_s3.Requests);
    }

    [Fact]
    public async Task Token_Is_Refused_When_The_Bounds_Exclude_Every_Key()
    {
        var response = await _s3.GetObjectsAsync("continuation-token=a&end-before=a&prefix=b");

        Assert.Equal((400, "InvalidContinuationToken"), (response.Status, response.Code));
    }

    [Fact]
    public async Task Listing_Continues_With_S3s_Token()
    {
        _s3.Responds(["a"], "s3 token/+=").Responds(["b"]);

        var first = await _s3.GetObjectsAsync("max-keys=1");
        var second = await _s3.GetObjectsAsync($"max-keys=1&continuation-token={first.NextToken}");

        Assert.Equal("s3 token/+=", _s3.Requests[1].ContinuationToken);
        Assert.Equal(["b"], second.Keys);
        Assert.False(second.Json.GetProperty("isTruncated").GetBoolean());
    }

    [Fact]
    public async Task Listing_Continues_When_A_Page_Of_S3_Is_Empty_And_Truncated()
    {
        _s3.Responds([], "one").Responds([], "two").Responds(["a"]);

        var response = await _s3.GetObjectsAsync();

        Assert.Equal(["a"], response.Keys);
        Assert.Equal(3, response.Json.GetProperty("s3Requests").GetInt32());
        Assert.False(response.Json.GetProperty("isTruncated").GetBoolean());
    }

    [Fact]
    public async Task Lines_Are_In_S3s_Order_When_Objects_And_Common_Prefixes_Alternate()
    {
        _s3.Responds(["b", "d"], commonPrefixes: ["a/", "c/", "e/", "f/"]);

        var response = await _s3.GetObjectsAsync(GatewayEvent.Get("/objects", "delimiter=%2F", headers: ("accept", "text/csv")));

        Assert.Equal(["a/", "b", "c/", "d", "e/", "f/"], response.Body.Split("\r\n")[1..^1].Select(line => line.Split(',')[1]));
    }

    [Fact]
    public async Task Listing_Continues_When_A_Page_Has_Only_Common_Prefixes()
    {
        _s3.Responds([], "one", ["a/"]).Responds([], null, ["b/"]);

        var response = await _s3.GetObjectsAsync("delimiter=%2F");

        Assert.Equal(["a/", "b/"], response.CommonPrefixes);
        Assert.Equal(2, response.Json.GetProperty("keyCount").GetInt32());
    }

    [Fact]
    public async Task Common_Prefix_Is_Listed_Once_When_Adjacent_Pages_Of_S3_Repeat_It()
    {
        _s3.Responds([], "one", ["a/", "b/"]).Responds(["c"], null, ["b/", "d/"]);

        var response = await _s3.GetObjectsAsync("delimiter=%2F");

        Assert.Equal(["a/", "b/", "d/"], response.CommonPrefixes);
        Assert.Equal(4, response.Json.GetProperty("keyCount").GetInt32());
        Assert.Equal(5, response.Json.GetProperty("scanned").GetInt32());
    }

    [Fact]
    public async Task Common_Prefix_Is_Listed_Once_When_It_Is_Repeated_After_Our_Token()
    {
        _s3.Responds([], "one", ["a/", "b/"]).Responds([], "two").Responds([], null, ["b/", "c/"]);

        var first = await _s3.GetObjectsAsync("delimiter=%2F&max-keys=2");
        var second = await _s3.GetObjectsAsync($"delimiter=%2F&max-keys=2&continuation-token={first.NextToken}");

        Assert.Equal(["a/", "b/"], first.CommonPrefixes);
        Assert.Equal(["c/"], second.CommonPrefixes);
    }

    [Fact]
    public async Task Page_Ends_Early_When_The_Deadline_Passes_After_Its_First_Page_Of_S3()
    {
        var s3 = new S3Double(clock: new FakeTimeProvider()).Responds(Keys(0, 1000), "one").Hangs();

        var response = await s3.GetObjectsAsync("max-keys=2000");

        Assert.Equal(200, response.Status);
        Assert.Equal(1000, response.Json.GetProperty("keyCount").GetInt32());
        Assert.True(response.Json.GetProperty("isTruncated").GetBoolean());

        s3.Responds(["x"]);
        await s3.GetObjectsAsync($"continuation-token={response.NextToken}");
        Assert.Equal("one", s3.Requests[^1].ContinuationToken);
    }

    [Fact]
    public async Task Response_Is_504_When_The_Deadline_Passes_Before_The_First_Page()
    {
        var s3 = new S3Double(clock: new FakeTimeProvider()).Hangs();

        var response = await s3.GetObjectsAsync();

        Assert.Equal(504, response.Status);
        Assert.Equal("DeadlineExceeded", response.Code);
        Assert.Single(s3.Requests);
    }

    [Fact]
    public async Task Response_Is_504_When_No_Time_Remains()
    {
        _s3.Hangs();

        var response = await _s3.GetObjectsAsync("", new FunctionContext { RemainingTime = TimeSpan.FromMilliseconds(200) });

        Assert.Equal(504, response.Status);
    }

    private static string[] Keys(int from, int count) => [.. Enumerable.Range(from, count).Select(i => $"key-{i:D6}")];
}
