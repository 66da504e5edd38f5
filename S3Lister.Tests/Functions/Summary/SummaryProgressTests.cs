using System.Globalization;
using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using S3Lister.Functions.Pipeline;
using S3Lister.Functions.Summary;

namespace S3Lister.Tests.Functions.Summary;

/// <summary>A summary lists everything. Each call makes progress, which its token contains, or fails.</summary>
public sealed class SummaryProgressTests
{
    [Fact]
    public async Task Summary_Is_Complete_When_The_First_Page_Has_Only_The_Key_That_Is_The_Prefix()
    {
        string[] keys = ["a/", "a/x", "a/y"];
        var s3 = new S3Double().RespondsToEach(request => request switch
        {
            { ContinuationToken: null, StartAfter: null } => (["a/"], "one"),
            { ContinuationToken: "one" } => (["a/x", "a/y"], null),
            _ => (After(keys, request), null),
        });

        var response = await s3.GetSummaryAsync("prefix=a%2F");

        Assert.Equal((3, true), (response.Json.GetProperty("objects").GetInt32(), response.Json.GetProperty("complete").GetBoolean()));
    }

    /// <summary>If a call ends between pages without keys, only S3's token shows how far the listing has come.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Summary_Is_Completed_When_Calls_End_Between_Pages_Without_Keys(int budget)
    {
        S3Double s3 = new(options => options with { RequestBudget = budget });
        s3.RespondsToEach(Skipping(empty: 7, key: "a"));
        List<int> objects = [];
        string? token = null;
        do
        {
            var response = await s3.GetSummaryAsync(token is null ? "" : $"continuation-token={token}");
            Assert.True(response.Status == 200, response.Body);
            objects.Add(response.Json.GetProperty("objects").GetInt32());
            token = response.NextToken;
        }
        while (token is not null && objects.Count < 20);

        Assert.Equal(1, objects.Sum());
        Assert.Equal((8 + budget - 1) / budget, objects.Count);
    }

    [Fact]
    public async Task Call_Fails_When_All_Pages_Are_Empty_And_S3s_Token_Does_Not_Fit_In_Ours()
    {
        S3Double s3 = new(options => options with { RequestBudget = 3 });
        s3.RespondsToEach(request => ([], $"{request.ContinuationToken?.Length}{new string('t', 5000)}"));
        FunctionContext context = new();

        var response = await s3.GetSummaryAsync("", context);

        Assert.Equal((502, "UpstreamFailure"), (response.Status, response.Code));
    }

    [Fact]
    public async Task Call_Fails_When_Tokens_Form_A_Circle_Across_Calls()
    {
        S3Double s3 = new(options => options with { RequestBudget = 2 });
        s3.RespondsToEach(request => ([], request.ContinuationToken == "one" ? "two" : "one"));

        var first = await s3.GetSummaryAsync();
        var second = await s3.GetSummaryAsync($"continuation-token={first.NextToken}");
        var third = second.Status == 200 ? await s3.GetSummaryAsync($"continuation-token={second.NextToken}") : second;

        Assert.Equal(200, first.Status);
        Assert.Equal((502, "UpstreamFailure"), (third.Status, third.Code));
    }

    [Fact]
    public async Task Call_Fails_When_Its_Only_Requests_Were_Throttled()
    {
        S3Double s3 = new(options => options with { RequestBudget = 2 });
        s3.RespondsToEach(_ => throw new AmazonS3Exception("slow", ErrorType.Sender, "SlowDown", "1", HttpStatusCode.ServiceUnavailable));

        var response = await s3.GetSummaryAsync();

        Assert.Equal((503, "SlowDown"), (response.Status, response.Code));
    }

    public static TheoryData<Exception, int> Failures => new()
    {
        { new AmazonS3Exception("no", ErrorType.Sender, "AccessDenied", "1", HttpStatusCode.Forbidden), 502 },
        { new AmazonS3Exception("oh", ErrorType.Receiver, "InternalError", "1", HttpStatusCode.InternalServerError), 503 },
        { new HttpRequestException("reset"), 503 },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Part_Is_Returned_When_S3_Fails_Permanently_And_The_Next_Call_Fails(Exception failure, int status)
    {
        // One request at a time, so that the failure comes after the first page.
        S3Double s3 = new(options => options with { RequestBudget = 2 });
        s3.RespondsToEach(request => request is { ContinuationToken: null, StartAfter: null } ? (["a"], "one") : throw failure);
        FunctionContext context = new();

        var first = await s3.GetSummaryAsync("", context);
        var second = await s3.GetSummaryAsync($"continuation-token={first.NextToken}");

        Assert.Equal((200, 1), (first.Status, first.Json.GetProperty("objects").GetInt32()));
        Assert.False(first.Json.GetProperty("complete").GetBoolean());
        Assert.NotEqual("-", Assert.Single(context.Log.Lines).Arguments[^1]);
        Assert.Equal(status, second.Status);
    }

    /// <summary>A failure ends the call. The page of a concurrent request is still included, and the log has the failure.</summary>
    [Fact]
    public async Task Part_Has_The_Concurrent_Pages_And_The_Log_The_Failure_When_One_Range_Fails()
    {
        var token = SummaryToken.Encode(S3Double.Bucket, new("", null, 10, null), [new(null, "m"u8.ToArray()), new("m"u8.ToArray(), null)]);
        S3Double s3 = new();
        s3.RespondsToEach(request => request.StartAfter == "m"
            ? (["n"], null)
            : throw new AmazonS3Exception("no", ErrorType.Sender, "AccessDenied", "1", HttpStatusCode.Forbidden));
        FunctionContext context = new();

        var response = await s3.GetSummaryAsync($"continuation-token={token}", context);

        Assert.Equal((200, 1), (response.Status, response.Json.GetProperty("objects").GetInt32()));
        Assert.False(response.Json.GetProperty("complete").GetBoolean());
        Assert.StartsWith("AccessDenied", (string)Assert.Single(context.Log.Lines).Arguments[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Part_Is_Returned_When_The_Deadline_Passes_During_Requests()
    {
        S3Double s3 = new();
        s3.Responds(["a"], "one");
        for (var i = 0; i < 10; i++)
        {
            s3.Hangs();
        }

        var response = await s3.GetSummaryAsync(
            "", new FunctionContext { RemainingTime = Deadline.TimeToRespond + TimeSpan.FromMilliseconds(200) });

        Assert.Equal((200, 1), (response.Status, response.Json.GetProperty("objects").GetInt32()));
    }

    [Fact]
    public async Task Response_Is_400_When_S3_Refuses_The_Callers_Token()
    {
        S3Double s3 = new(options => options with { RequestBudget = 1 });
        s3.RespondsToEach(request => request.ContinuationToken is null
            ? ([], "one")
            : throw new AmazonS3Exception("no", ErrorType.Sender, "InvalidArgument", "1", HttpStatusCode.BadRequest));

        var first = await s3.GetSummaryAsync();
        var second = await s3.GetSummaryAsync($"continuation-token={first.NextToken}");

        Assert.Equal((400, "InvalidContinuationToken"), (second.Status, second.Code));
    }

    /// <summary>Objects of a store that ignores <c>start-after</c> would be counted twice, so it is refused with the reason.</summary>
    [Fact]
    public async Task Response_Is_502_And_The_Log_Says_Why_When_The_Store_Ignores_StartAfter()
    {
        string[] keys = [.. Enumerable.Range(0, 5000).Select(i => i.ToString("D4", CultureInfo.InvariantCulture))];
        S3Double s3 = new();
        s3.RespondsToEach(request =>
        {
            var from = request.ContinuationToken is { } token ? int.Parse(token, CultureInfo.InvariantCulture) : 0;
            var to = Math.Min(from + request.MaxKeys.GetValueOrDefault(), keys.Length);
            return (keys[from..to], to == keys.Length ? null : to.ToString(CultureInfo.InvariantCulture));
        });
        var objects = 0L;
        string? token = null;
        Envelope response;
        FunctionContext context;
        do
        {
            context = new();
            response = await s3.GetSummaryAsync(token is null ? "" : $"continuation-token={token}", context);
            token = response.Status == 200 ? response.NextToken : null;
            objects += response.Status == 200 ? response.Json.GetProperty("objects").GetInt64() : 0;
        }
        while (token is not null);

        Assert.True(response.Status == 502 || objects == keys.Length, $"{response.Status}, {objects}");
        Assert.Contains("start-after", response.Status == 502 ? (string)context.Log.Lines[0].Arguments[^1] : "start-after", StringComparison.Ordinal);
    }

    /// <summary>Pages without keys, then one with a key. Only S3's token leads from one to the next.</summary>
    private static Func<ListObjectsV2Request, (string[] Keys, string? NextToken)> Skipping(int empty, string key) => request =>
    {
        var page = request.ContinuationToken is { } token ? int.Parse(token, CultureInfo.InvariantCulture) : 0;
        return page < empty ? ([], (page + 1).ToString(CultureInfo.InvariantCulture)) : ([key], null);
    };

    private static string[] After(string[] keys, ListObjectsV2Request request) =>
        [.. keys.Where(key => string.CompareOrdinal(key, request.StartAfter) > 0)];
}
