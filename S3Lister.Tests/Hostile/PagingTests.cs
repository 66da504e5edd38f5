using System.Text.RegularExpressions;

namespace S3Lister.Tests.Hostile;

/// <summary>Tokens that form a circle, and pages that look like the last one and are not.</summary>
public sealed partial class PagingTests
{
    [Fact]
    public async Task Response_Is_502_When_The_Listing_Is_Truncated_Without_A_Token()
    {
        await using HostileS3 s3 = new(HostileResponse.Ok(
            HostileResponse.Page(["a"]).Replace("<IsTruncated>false", "<IsTruncated>true", StringComparison.Ordinal)));
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket);

        Assert.Equal((502, 1), ((await api.GetObjectsAsync()).Status, s3.Requests.Length));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Response_Is_502_When_Tokens_Form_A_Circle(int length)
    {
        var circle = Enumerable.Range(0, length).Select(i => HostileResponse.Ok(HostileResponse.Page([], $"token-{i}"))).ToArray();
        await using HostileS3 s3 = new([.. circle, .. circle, .. circle]);
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket);

        var response = await api.GetObjectsAsync();

        Assert.Equal((502, length + 1), (response.Status, s3.Requests.Length));
    }

    [Fact]
    public async Task Response_Is_502_When_S3_Returns_The_Callers_Token_Again()
    {
        await using HostileS3 s3 = new(
            HostileResponse.Ok(HostileResponse.Page(["a"], "one", parameters: "<Prefix/><MaxKeys>1</MaxKeys>")),
            HostileResponse.Ok(HostileResponse.Page(["b"], "two")),
            HostileResponse.Ok(HostileResponse.Page(["c"], "one")));
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket);

        var first = await api.GetObjectsAsync("max-keys=1");
        var second = await api.GetObjectsAsync($"continuation-token={first.NextToken}&max-keys=2000");

        var third = await api.GetObjectsAsync($"continuation-token={second.NextToken}&max-keys=2000");

        // The second call returns its first page; the third would repeat earlier ones.
        Assert.Equal((200, 200, 502), (first.Status, second.Status, third.Status));
    }

    [Fact]
    public async Task Listing_Continues_When_A_Page_Has_No_Keys_And_Is_Truncated()
    {
        await using HostileS3 s3 = new(
            HostileResponse.Ok(HostileResponse.Page([], "one")), HostileResponse.Ok(HostileResponse.Page([], "two")), HostileResponse.Ok(HostileResponse.Page(["a"])));
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket);

        var response = await api.GetObjectsAsync();

        Assert.Equal(200, response.Status);
        Assert.Equal("a", Assert.Single(response.Json.GetProperty("contents").EnumerateArray()).GetProperty("key").GetString());
        Assert.False(response.Json.GetProperty("isTruncated").GetBoolean());
        Assert.Equal(3, response.Json.GetProperty("s3Requests").GetInt32());
        Assert.Equal([null, "one", "two"], s3.Requests.Select(S3Token));
    }

    [Fact]
    public async Task Page_Ends_With_A_Token_When_S3_Returns_Endless_Empty_Pages()
    {
        var tokens = 0;
        await using HostileS3 s3 = new((stream, end) => HostileResponse.Ok(HostileResponse.Page([], $"token-{++tokens}"))(stream, end));
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket);

        var first = await api.GetObjectsAsync();
        var requests = s3.Requests.Length;
        var second = await api.GetObjectsAsync($"continuation-token={first.NextToken}");

        Assert.Equal((200, 200), (first.Status, second.Status));
        Assert.Equal(0, first.Json.GetProperty("keyCount").GetInt32());
        Assert.True(first.Json.GetProperty("isTruncated").GetBoolean());
        Assert.Equal(100, requests);
        Assert.Equal("token-100", S3Token(s3.Requests[100]));
    }

    [Fact]
    public async Task Listing_Continues_When_A_Page_Has_Only_Common_Prefixes()
    {
        const string Parameters = "<Prefix/><Delimiter>%2F</Delimiter><MaxKeys>1000</MaxKeys>";
        await using HostileS3 s3 = new(
            HostileResponse.Ok(HostileResponse.Page([], "one", ["a%2F", "b%2F"], Parameters)),
            HostileResponse.Ok(HostileResponse.Page([], null, ["b%2F", "c%2F"], Parameters)));
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket);

        var response = await api.GetObjectsAsync("delimiter=%2F&max-keys=1002");

        Assert.Equal(["a/", "b/", "c/"], response.CommonPrefixes);
        Assert.Equal(0, response.Json.GetProperty("contents").GetArrayLength());
        Assert.Equal(3, response.Json.GetProperty("keyCount").GetInt32());
    }

    [Fact]
    public async Task Page_Ends_And_The_Next_Is_502_When_S3_Starts_Again()
    {
        var tokens = 0;
        await using HostileS3 s3 = new((stream, end) => HostileResponse.Ok(HostileResponse.Page(["a", "b"], $"token-{++tokens}"))(stream, end));
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket);

        var first = await api.GetObjectsAsync("max-keys=10000");
        var second = await api.GetObjectsAsync($"max-keys=10000&continuation-token={first.NextToken}");

        Assert.Equal((200, 2), (first.Status, first.Json.GetProperty("keyCount").GetInt32()));
        Assert.Equal((502, 3), (second.Status, s3.Requests.Length));
    }

    public static TheoryData<Func<Stream, CancellationToken, Task>, int> Failures => new()
    {
        { HostileResponse.Ok("<html/>"), 502 },
        { HostileResponse.Of("403 Forbidden", HostileResponse.Error("AccessDenied")), 502 },
        { HostileResponse.Of("500 Internal Server Error", HostileResponse.Error("InternalError")), 503 },
        { HostileResponse.Of("503 Service Unavailable", HostileResponse.Error("SlowDown")), 503 },
        { HostileResponse.Raw([]), 503 },
    };

    /// <summary>A page with at least one page of S3 is returned. The failure is in the log, and the next call fails.</summary>
    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Page_Ends_When_S3_Fails_And_The_Next_Fails(Func<Stream, CancellationToken, Task> failure, int status)
    {
        await using HostileS3 s3 = new(HostileResponse.Ok(HostileResponse.Page(["a"], "one")), failure);
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket);
        FunctionContext context = new();

        var first = await api.GetObjectsAsync("max-keys=10000", context);
        var second = await api.GetObjectsAsync($"max-keys=10000&continuation-token={first.NextToken}");

        Assert.Equal((200, 1), (first.Status, first.Json.GetProperty("keyCount").GetInt32()));
        Assert.True(first.Json.GetProperty("isTruncated").GetBoolean());
        Assert.NotEqual("-", Assert.Single(context.Log.Lines).Arguments[^1]);
        Assert.Equal(status, second.Status);
        Assert.Equal("one", S3Token(s3.Requests[^1]));
    }

    [Fact]
    public async Task Page_Ends_When_S3s_Next_Token_Does_Not_Fit_In_Ours()
    {
        var token = new string('t', 6200);
        await using HostileS3 s3 = new(
            HostileResponse.Ok(HostileResponse.Page(["a"], "one")), HostileResponse.Ok(HostileResponse.Page(["b"], token)));
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket);

        var first = await api.GetObjectsAsync("max-keys=10000");
        var second = await api.GetObjectsAsync($"max-keys=10000&continuation-token={first.NextToken}");

        Assert.Equal((200, 502), (first.Status, second.Status));
    }

    [Fact]
    public async Task Page_Ends_When_S3_Refuses_The_Token_That_It_Just_Returned()
    {
        await using HostileS3 s3 = new(
            HostileResponse.Ok(HostileResponse.Page(["a"], "one")), HostileResponse.Of("400 Bad Request", HostileResponse.Error("InvalidArgument")));
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket);

        var first = await api.GetObjectsAsync("max-keys=1001");

        // The caller sent no token, so this is not the caller's error.
        Assert.Equal(200, first.Status);
        Assert.True(first.Json.GetProperty("isTruncated").GetBoolean());
    }

    [Fact]
    public async Task Response_Is_400_When_S3_Refuses_The_Callers_Token()
    {
        await using HostileS3 s3 = new(
            HostileResponse.Ok(HostileResponse.Page(["a"], "one", parameters: "<Prefix/><MaxKeys>1</MaxKeys>")),
            HostileResponse.Of("400 Bad Request", HostileResponse.Error("InvalidArgument")));
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket);
        var first = await api.GetObjectsAsync("max-keys=1");

        var response = await api.GetObjectsAsync($"continuation-token={first.NextToken}");

        Assert.Equal((400, "InvalidContinuationToken"), (response.Status, response.Code));
    }

    private static string? S3Token(string target) =>
        ContinuationToken().Match(target) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex("continuation-token=([^&]*)")]
    private static partial Regex ContinuationToken();
}
