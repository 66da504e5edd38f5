using System.Text.RegularExpressions;

namespace S3Lister.Tests.Hostile;

/// <summary>Tokens that lead nowhere, and pages that look like an end and are none.</summary>
public sealed partial class PagingTests
{
    [Fact]
    public async Task Answer_Is_502_When_The_Listing_Is_Truncated_Without_A_Token()
    {
        await using HostileS3 s3 = new(Answer.Ok(
            Answer.Page(["a"]).Replace("<IsTruncated>false", "<IsTruncated>true", StringComparison.Ordinal)));
        await using ComposedApi api = new(s3.Endpoint, Answer.Bucket);

        Assert.Equal((502, 1), ((await api.GetObjectsAsync()).Status, s3.Requests.Length));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Answer_Is_502_When_Tokens_Lead_In_A_Circle(int length)
    {
        var circle = Enumerable.Range(0, length).Select(i => Answer.Ok(Answer.Page([], $"token-{i}"))).ToArray();
        await using HostileS3 s3 = new([.. circle, .. circle, .. circle]);
        await using ComposedApi api = new(s3.Endpoint, Answer.Bucket);

        var answer = await api.GetObjectsAsync();

        Assert.Equal((502, length + 1), (answer.Status, s3.Requests.Length));
    }

    [Fact]
    public async Task Response_Is_502_When_The_Token_That_The_Caller_Brought_Leads_Back()
    {
        await using HostileS3 s3 = new(
            Answer.Ok(Answer.Page(["a"], "one", parameters: "<Prefix/><MaxKeys>1</MaxKeys>")),
            Answer.Ok(Answer.Page(["b"], "two")),
            Answer.Ok(Answer.Page(["c"], "one")));
        await using ComposedApi api = new(s3.Endpoint, Answer.Bucket);

        var first = await api.GetObjectsAsync("max-keys=1");
        var second = await api.GetObjectsAsync($"continuation-token={Token(first)}&max-keys=2000");

        var third = await api.GetObjectsAsync($"continuation-token={Token(second)}&max-keys=2000");

        // The second keeps what it has listed; the third is led back to what came before.
        Assert.Equal((200, 200, 502), (first.Status, second.Status, third.Status));
    }

    [Fact]
    public async Task Listing_Goes_On_When_A_Page_Has_No_Keys_And_Is_Truncated()
    {
        await using HostileS3 s3 = new(
            Answer.Ok(Answer.Page([], "one")), Answer.Ok(Answer.Page([], "two")), Answer.Ok(Answer.Page(["a"])));
        await using ComposedApi api = new(s3.Endpoint, Answer.Bucket);

        var answer = await api.GetObjectsAsync();

        Assert.Equal(200, answer.Status);
        Assert.Equal("a", Assert.Single(answer.Json.GetProperty("contents").EnumerateArray()).GetProperty("key").GetString());
        Assert.False(answer.Json.GetProperty("isTruncated").GetBoolean());
        Assert.Equal(3, answer.Json.GetProperty("s3Requests").GetInt32());
        Assert.Equal([null, "one", "two"], s3.Requests.Select(S3Token));
    }

    [Fact]
    public async Task Page_Ends_With_A_Token_When_S3_Gives_New_Tokens_And_No_Keys_For_Ever()
    {
        var tokens = 0;
        await using HostileS3 s3 = new((stream, end) => Answer.Ok(Answer.Page([], $"token-{++tokens}"))(stream, end));
        await using ComposedApi api = new(s3.Endpoint, Answer.Bucket);

        var first = await api.GetObjectsAsync();
        var requests = s3.Requests.Length;
        var second = await api.GetObjectsAsync($"continuation-token={Token(first)}");

        Assert.Equal((200, 200), (first.Status, second.Status));
        Assert.Equal(0, first.Json.GetProperty("keyCount").GetInt32());
        Assert.True(first.Json.GetProperty("isTruncated").GetBoolean());
        Assert.Equal(100, requests);
        Assert.Equal("token-100", S3Token(s3.Requests[100]));
    }

    [Fact]
    public async Task Listing_Goes_On_When_A_Page_Has_Common_Prefixes_Only()
    {
        const string Parameters = "<Prefix/><Delimiter>%2F</Delimiter><MaxKeys>1000</MaxKeys>";
        await using HostileS3 s3 = new(
            Answer.Ok(Answer.Page([], "one", ["a%2F", "b%2F"], Parameters)),
            Answer.Ok(Answer.Page([], null, ["b%2F", "c%2F"], Parameters)));
        await using ComposedApi api = new(s3.Endpoint, Answer.Bucket);

        var answer = await api.GetObjectsAsync("delimiter=%2F&max-keys=1002");

        Assert.Equal(["a/", "b/", "c/"], answer.Json.GetProperty("commonPrefixes").EnumerateArray().Select(prefix => prefix.GetString()));
        Assert.Equal(0, answer.Json.GetProperty("contents").GetArrayLength());
        Assert.Equal(3, answer.Json.GetProperty("keyCount").GetInt32());
    }

    [Fact]
    public async Task Page_Ends_Before_A_Page_Of_S3_That_Starts_Again_And_The_Next_Is_502()
    {
        var tokens = 0;
        await using HostileS3 s3 = new((stream, end) => Answer.Ok(Answer.Page(["a", "b"], $"token-{++tokens}"))(stream, end));
        await using ComposedApi api = new(s3.Endpoint, Answer.Bucket);

        var first = await api.GetObjectsAsync("max-keys=10000");
        var second = await api.GetObjectsAsync($"max-keys=10000&continuation-token={Token(first)}");

        Assert.Equal((200, 2), (first.Status, first.Json.GetProperty("keyCount").GetInt32()));
        Assert.Equal((502, 3), (second.Status, s3.Requests.Length));
    }

    public static TheoryData<Func<Stream, CancellationToken, Task>, int> Failures => new()
    {
        { Answer.Ok("<html/>"), 502 },
        { Answer.Of("403 Forbidden", Answer.Error("AccessDenied")), 502 },
        { Answer.Of("500 Internal Server Error", Answer.Error("InternalError")), 503 },
        { Answer.Of("503 Service Unavailable", Answer.Error("SlowDown")), 503 },
        { Answer.Raw([]), 503 },
    };

    /// <summary>A page that has at least one page of S3 is kept; the failure is in the log, and the next call's.</summary>
    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Page_Ends_Where_S3_Fails_And_The_Next_Fails(Func<Stream, CancellationToken, Task> failure, int status)
    {
        await using HostileS3 s3 = new(Answer.Ok(Answer.Page(["a"], "one")), failure);
        await using ComposedApi api = new(s3.Endpoint, Answer.Bucket);
        FunctionContext context = new();

        var first = await api.GetObjectsAsync("max-keys=10000", context);
        var second = await api.GetObjectsAsync($"max-keys=10000&continuation-token={Token(first)}");

        Assert.Equal((200, 1), (first.Status, first.Json.GetProperty("keyCount").GetInt32()));
        Assert.True(first.Json.GetProperty("isTruncated").GetBoolean());
        Assert.NotEqual("-", Assert.Single(context.Log.Lines).Arguments[^1]);
        Assert.Equal(status, second.Status);
        Assert.Equal("one", S3Token(s3.Requests[^1]));
    }

    [Fact]
    public async Task Page_Ends_Before_A_Token_That_Ours_Could_Not_Carry()
    {
        var token = new string('t', 6200);
        await using HostileS3 s3 = new(
            Answer.Ok(Answer.Page(["a"], "one")), Answer.Ok(Answer.Page(["b"], token)));
        await using ComposedApi api = new(s3.Endpoint, Answer.Bucket);

        var first = await api.GetObjectsAsync("max-keys=10000");
        var second = await api.GetObjectsAsync($"max-keys=10000&continuation-token={Token(first)}");

        Assert.Equal((200, 502), (first.Status, second.Status));
    }

    [Fact]
    public async Task Page_Ends_Where_S3_Refuses_The_Token_That_It_Just_Gave()
    {
        await using HostileS3 s3 = new(
            Answer.Ok(Answer.Page(["a"], "one")), Answer.Of("400 Bad Request", Answer.Error("InvalidArgument")));
        await using ComposedApi api = new(s3.Endpoint, Answer.Bucket);

        var first = await api.GetObjectsAsync("max-keys=1001");

        // The caller brought no token, so there is none to blame the caller for.
        Assert.Equal(200, first.Status);
        Assert.True(first.Json.GetProperty("isTruncated").GetBoolean());
    }

    [Fact]
    public async Task Answer_Is_400_When_S3_Refuses_The_Callers_Token()
    {
        await using HostileS3 s3 = new(
            Answer.Ok(Answer.Page(["a"], "one", parameters: "<Prefix/><MaxKeys>1</MaxKeys>")),
            Answer.Of("400 Bad Request", Answer.Error("InvalidArgument")));
        await using ComposedApi api = new(s3.Endpoint, Answer.Bucket);
        var first = await api.GetObjectsAsync("max-keys=1");

        var answer = await api.GetObjectsAsync($"continuation-token={Token(first)}");

        Assert.Equal((400, "InvalidContinuationToken"), (answer.Status, answer.Json.GetProperty("code").GetString()));
    }

    private static string Token(Envelope answer) => answer.Json.GetProperty("nextContinuationToken").GetString()!;

    private static string? S3Token(string target) =>
        ContinuationToken().Match(target) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex("continuation-token=([^&]*)")]
    private static partial Regex ContinuationToken();
}
