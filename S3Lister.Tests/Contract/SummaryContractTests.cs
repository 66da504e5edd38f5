using Microsoft.Extensions.Time.Testing;
using S3Lister.Functions.Pipeline;
using S3Lister.Tests.Functions.Summary;

namespace S3Lister.Tests.Contract;

/// <summary><c>GET /summary</c> as <c>docs/api.md</c> describes it, through the generated handler.</summary>
public sealed class SummaryContractTests(GeneratedApi api) : IClassFixture<GeneratedApi>
{
    [Theory]
    [InlineData("", 1107, 1107 * 1106 / 2)]
    [InlineData("prefix=logs%2F", 4, 1 + 2 + 3 + 4)]
    [InlineData("prefix=none", 0, 0)]
    [InlineData("include=%7Blogs,team-a,team-b%7D%2F%2A%2A", 6, 1 + 2 + 3 + 4 + 5 + 6)]
    [InlineData("exclude=many%2F%2A&min-size=5KiB", 2, 5 + 6)]
    [InlineData("max-size=1KiB", 2, 1)]
    [InlineData("modified-before=2026-01-03T00%3A00%3A00Z", 2, 1)]
    [InlineData("storage-class=GLACIER_IR", 1, 1)]
    public async Task Sums_Include_The_Objects_That_Match_The_Query(string query, long objects, long kibibytes)
    {
        var summary = (await api.SummaryAsync(query)).Json;

        Assert.Equal(
            (objects, kibibytes * 1024, true),
            (summary.GetProperty("objects").GetInt64(), summary.GetProperty("bytes").GetInt64(), summary.GetProperty("complete").GetBoolean()));
        Assert.Equal(
            long.Max(1, (summary.GetProperty("scanned").GetInt64() + 999) / 1000), summary.GetProperty("s3RequestsMinimum").GetInt64());
    }

    [Fact]
    public async Task Groups_And_Lists_Are_Returned()
    {
        var summary = SummaryResponse.Read((await api.SummaryAsync("delimiter=%2F&exclude=many%2F%2A&top=2")).Json);

        Assert.Equal(["logs/", "team-a/", "team-b/"], summary.Groups.Keys);
        Assert.Equal((4, 10 * 1024), summary.Groups["logs/"]);
        Assert.Equal((1, 0), summary.Ungrouped);
        Assert.Equal(["GLACIER_IR", "STANDARD"], summary.StorageClasses.Keys);
        Assert.Equal(["team-b/y", "team-a/x"], summary.Largest.Select(named => named.Key));
        Assert.Equal(["team-b/y", "team-a/x"], summary.Newest.Select(named => named.Key));
        Assert.Equal([GeneratedApi.Keys[0], "logs/1.txt"], summary.Oldest.Select(named => named.Key));
    }

    [Theory]
    [InlineData("top=1001")]
    [InlineData("top=-1")]
    [InlineData("top=")]
    [InlineData("max-requests=0")]
    [InlineData("max-requests=1000001")]
    [InlineData("max-requests=")]
    [InlineData("max-requests=1&max-requests=1")]
    [InlineData("end-before=a")]
    [InlineData("splits=1")]
    [InlineData("splits=65")]
    [InlineData("splits=")]
    [InlineData("splits=2&splits=2")]
    [InlineData("max-keys=1")]
    [InlineData("start-after=a")]
    [InlineData("prefix=a&prefix=b")]
    [InlineData("depth=1")]
    [InlineData("delimiter=/&depth=0")]
    [InlineData("delimiter=/&depth=9")]
    [InlineData("delimiter=/&min-share=1")]
    [InlineData("delimiter=/&depth=1&min-share=1001")]
    [InlineData("modified-edges=2026-01-01T00:00:00Z")]
    [InlineData("by=ending&modified-edges=2026-01-01T00:00:00Z")]
    [InlineData("by=cube&modified-edges=2026-01-02T00:00:00Z,2026-01-01T00:00:00Z")]
    [InlineData("by=cube&modified-edges=2026-01-01T00:00:00Z,2026-01-01T01:00:00%2B01:00")]
    [InlineData("by=cube&modified-edges=2026-01-01T00:00:00Z,tomorrow")]
    [InlineData("by=cube&modified-edges=")]
    [InlineData("by=")]
    [InlineData("by=age")]
    [InlineData("by=cube,cube")]
    public async Task Response_Is_400_InvalidParameter(string query) =>
        Assert.Equal((400, "InvalidParameter"), ((await api.SummaryAsync(query)).Problem.Status, (await api.SummaryAsync(query)).Problem.Code));

    [Fact]
    public async Task Response_Is_400_InvalidContinuationToken_When_It_Is_Malformed_Or_That_Of_A_Page()
    {
        var page = (await api.ListAsync("max-keys=1")).NextToken!;

        foreach (var token in (string[])["", "a", page, new string('A', 9000)])
        {
            Assert.Equal((400, "InvalidContinuationToken", "continuation-token"), (await api.SummaryAsync($"continuation-token={token}")).Problem);
        }
    }

    [Fact]
    public async Task Response_Is_403_PrefixNotAllowed()
    {
        Assert.Equal(200, (await api.SummaryAsync("prefix=team-a%2F", GeneratedApi.TeamRole)).Status);
        Assert.Equal((403, "PrefixNotAllowed", null), (await api.SummaryAsync("prefix=team-", GeneratedApi.TeamRole)).Problem);
    }

    [Fact]
    public async Task Tree_Cube_And_Endings_Are_Returned()
    {
        var summary = (await api.SummaryAsync(
            "by=cube,ending&delimiter=%2F&depth=2&exclude=many%2F%2A&modified-edges=2026-01-03T00:00:00Z&top=0")).Json;

        Assert.Equal(
            """
            [{"commonPrefix":"logs/","objects":4,"bytes":10240,"own":{"objects":2,"bytes":5120},"rest":{"objects":0,"bytes":0},"newest":"2026-01-05T00:00:00Z","oldest":"2026-01-02T00:00:00Z","ages":[{"objects":1,"bytes":1024},{"objects":3,"bytes":9216}],"children":[{"commonPrefix":"logs/2026/","objects":2,"bytes":5120,"own":{"objects":2,"bytes":5120},"rest":{"objects":0,"bytes":0},"newest":"2026-01-04T00:00:00Z","oldest":"2026-01-03T00:00:00Z","ages":[{"objects":0,"bytes":0},{"objects":2,"bytes":5120}],"children":[]}]},
            """.Trim().TrimEnd(','),
            summary.GetProperty("tree").GetRawText().Split(",{\"commonPrefix\":\"team")[0]);
        Assert.Equal(["2026-01-03T00:00:00Z"], summary.GetProperty("edges").GetProperty("modified").EnumerateArray().Select(edge => edge.GetString()));
        Assert.Equal(7, summary.GetProperty("cube").EnumerateArray().Sum(cell => cell.GetProperty("objects").GetInt32()));
        Assert.Equal(["", "txt", "gz"], summary.GetProperty("endings").EnumerateArray().Select(row => row.GetProperty("ending").GetString()));
    }

    [Fact]
    public async Task Fields_That_Are_Not_Requested_Are_Absent() => Assert.All(
        (string[])["tree", "rest", "edges", "cube", "endings", "otherEndings"],
        async name => Assert.False((await api.SummaryAsync("delimiter=%2F")).Json.TryGetProperty(name, out _)));

    [Fact]
    public async Task Tree_Is_Csv_Or_Ndjson_With_A_Line_For_Each_Node()
    {
        const string Query = "delimiter=%2F&depth=1&prefix=logs%2F";
        var csv = await api.SummaryAsync(Query, headers: ("accept", "text/csv"));
        var ndjson = await api.SummaryAsync(Query, headers: ("accept", "application/x-ndjson"));

        Assert.Equal(
            "depth,commonPrefix,objects,bytes,ownObjects,ownBytes,restObjects,restBytes,newest,oldest,age0Objects,age0Bytes\r\n"
            + "0,logs/,4,10240,2,5120,0,0,2026-01-05T00:00:00Z,2026-01-02T00:00:00Z,4,10240\r\n"
            + "1,logs/2026/,2,5120,2,5120,0,0,2026-01-04T00:00:00Z,2026-01-03T00:00:00Z,2,5120\r\n",
            csv.Body);
        Assert.Equal(
            "{\"depth\":1,\"commonPrefix\":\"logs/2026/\",\"objects\":2,\"bytes\":5120,\"own\":{\"objects\":2,\"bytes\":5120},\"rest\":{\"objects\":0,\"bytes\":0},"
            + "\"newest\":\"2026-01-04T00:00:00Z\",\"oldest\":\"2026-01-03T00:00:00Z\",\"ages\":[{\"objects\":2,\"bytes\":5120}]}",
            ndjson.Body.TrimEnd('\n').Split('\n')[^1]);
        Assert.Equal("true", csv.Headers["s3lister-complete"]);
        Assert.Equal("1", ndjson.Headers["s3lister-s3-requests"]);
    }

    [Theory]
    [InlineData("text/csv", 406)]
    [InlineData("application/json;q=0", 406)]
    [InlineData("application/x-ndjson, application/json;q=0.1", 200)]
    [InlineData("*/*", 200)]
    public async Task Response_Is_Json_Or_406_NotAcceptable(string accept, int status) =>
        Assert.Equal(status, (await api.SummaryAsync(headers: ("accept", accept))).Status);

    [Fact]
    public async Task Response_Is_502_UpstreamFailure_When_S3_Denies_The_Functions_Role()
    {
        api.IsDenied = true;
        var response = await api.SummaryAsync();
        api.IsDenied = false;

        Assert.Equal((502, "UpstreamFailure", null), response.Problem);
    }

    [Fact]
    public async Task Response_Is_503_SlowDown_When_S3_Throttles_Every_Request()
    {
        api.Weather.ThrottledShare = 1;
        var response = await api.SummaryAsync();
        api.Weather.ThrottledShare = 0;

        Assert.Equal((503, "SlowDown", null), response.Problem);
    }

    [Fact]
    public async Task Response_Is_504_DeadlineExceeded_When_There_Is_No_First_Page()
    {
        api.Weather.Latency = TimeSpan.FromMinutes(1);
        var response = await api.SummaryAsync(
            context: new FunctionContext { RemainingTime = Deadline.TimeToRespond + TimeSpan.FromMilliseconds(100) });
        api.Weather.Latency = TimeSpan.Zero;

        Assert.Equal((504, "DeadlineExceeded", null), response.Problem);
    }

    [Fact]
    public async Task Response_Is_Partial_With_A_Token_When_The_Deadline_Passes()
    {
        var s3 = new S3Double(clock: new FakeTimeProvider()).Responds(["a", "b"], "token");
        for (var i = 0; i < 10; i++)
        {
            s3.Hangs();
        }

        var part = await s3.GetSummaryAsync();
        var rest = await new S3Double().Responds(["c"]).GetSummaryAsync(
            $"continuation-token={part.NextToken}");

        Assert.Equal((200, false, 2), (part.Status, part.Json.GetProperty("complete").GetBoolean(), part.Json.GetProperty("objects").GetInt32()));
        Assert.Equal($"<?continuation-token={part.NextToken}>; rel=\"next\"", part.Headers["link"]);
        Assert.Equal((200, true, 1), (rest.Status, rest.Json.GetProperty("complete").GetBoolean(), rest.Json.GetProperty("objects").GetInt32()));
    }

    [Fact]
    public async Task Response_Is_Partial_With_A_Token_When_The_Budget_Is_Spent()
    {
        S3Double s3 = new(options => options with { RequestBudget = 1 });

        var part = (await s3.Responds(["a", "b"], "token").GetSummaryAsync()).Json;

        Assert.False(part.GetProperty("complete").GetBoolean());
        Assert.Equal((2, 1), (part.GetProperty("objects").GetInt32(), part.GetProperty("s3Requests").GetInt32()));
        Assert.Single(s3.Requests);
    }

    [Theory]
    [InlineData(5, 100_000, 1, 1)]
    [InlineData(5, 2, 2, 2)]
    [InlineData(2, 5, 2, 2)]
    [InlineData(1_000_000, 2, 2, 2)]
    public async Task Part_Makes_The_Requests_That_The_Caller_And_The_Service_Allow(int maxRequests, int budget, int pages, int requests)
    {
        S3Double s3 = new(options => options with { RequestBudget = budget });
        for (var page = 1; page <= pages; page++)
        {
            s3.Responds([$"{page}"], pages > 1 ? $"{page}" : null);
        }

        var part = (await s3.GetSummaryAsync($"max-requests={maxRequests}")).Json;

        Assert.Equal((requests, pages), (part.GetProperty("s3Requests").GetInt32(), part.GetProperty("objects").GetInt32()));
        Assert.Equal(pages == 1, part.GetProperty("complete").GetBoolean());
    }

    [Fact]
    public async Task Splits_Are_Empty_When_They_Are_Not_Requested() =>
        Assert.Empty(Splits(await api.SummaryAsync()));

    /// <summary>Whoever reads the ranges pays for what S3 lists, whatever the filters accept.</summary>
    [Fact]
    public async Task Splits_Cut_The_Listed_Keys_Whatever_The_Filters_Accept()
    {
        var splits = Splits(await api.SummaryAsync("splits=8"));

        Assert.Equal(7, splits.Count);
        Assert.Equal(splits, Splits(await api.SummaryAsync("delimiter=%2F&include=team-a%2F%2A%2A&splits=8&top=0")));
    }

    [Fact]
    public async Task Splits_Of_A_Part_Cut_The_Keys_Of_The_Part()
    {
        var first = await api.SummaryAsync("max-requests=1&splits=2");
        var second = await api.SummaryAsync($"continuation-token={first.NextToken}&splits=2");

        var pages = await api.ListAsync("max-keys=10000");
        Assert.InRange(pages.Keys.Count(key => NaiveListing.Utf8Order.Compare(key, Splits(first).Single()) < 0), 450, 550);
        Assert.InRange(pages.Keys.Count(key => NaiveListing.Utf8Order.Compare(key, Splits(second).Single()) > 0), 50, 57);
    }

    /// <summary>Each range ends before the text that the next one starts after.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(64)]
    public async Task Ranges_Between_Splits_Have_Every_Key_Once(int ranges)
    {
        var splits = Splits(await api.SummaryAsync($"splits={ranges}"));
        List<string> keys = [];
        foreach (var (start, end) in splits.Prepend("").Zip(splits.Append("")))
        {
            var page = await api.ListAsync($"end-before={Uri.EscapeDataString(end)}&max-keys=10000&start-after={Uri.EscapeDataString(start)}");
            Assert.InRange(page.Keys.Length, 1, 2 * 1107 / ranges);
            keys.AddRange(page.Keys);
        }

        Assert.Equal(ranges - 1, splits.Count);
        Assert.Equal((await api.ListAsync("max-keys=10000")).Keys, keys);
    }

    private static List<string> Splits(Reply summary) =>
        [.. summary.Json.GetProperty("splits").EnumerateArray().Select(split => split.GetString()!)];

    /// <summary>Each part may have another limit, because a token contains no limit.</summary>
    [Fact]
    public async Task Parts_Add_Up_When_Each_Has_Another_Limit_Of_Requests()
    {
        var (objects, token, limits) = (0, "", new Queue<string>(["&max-requests=1", "&max-requests=2", ""]));
        while (limits.TryDequeue(out var limit))
        {
            var part = await api.SummaryAsync($"top=0{limit}{(token.Length == 0 ? "" : $"&continuation-token={token}")}");
            Assert.True(part.Status == 200, part.Body);
            objects += part.Json.GetProperty("objects").GetInt32();
            token = part.NextToken;
            if (token is null)
            {
                break;
            }

            Assert.Contains(limit.Trim('&'), part.Headers["link"], StringComparison.Ordinal);
        }

        Assert.Equal((1107, null), (objects, token));
        Assert.Single(limits);
    }

    [Fact]
    public async Task Response_Is_502_UpstreamFailure_When_Tokens_Form_A_Circle()
    {
        var response = await new S3Double().Responds([], "1").Responds([], "2").Responds([], "1").GetSummaryAsync();

        Assert.Equal((502, "UpstreamFailure"), (response.Status, response.Code));
    }

    [Fact]
    public async Task Metrics_Record_Has_The_Number_Of_Objects()
    {
        var s3 = new S3Double().Responds(["a", "b", "c"]);

        await s3.GetSummaryAsync("include=%5Bab%5D");

        var record = System.Text.Json.JsonElement.Parse(s3.Metrics.ToArray());
        Assert.Equal(
            ("GET /summary", 2, 3, 1),
            (record.GetProperty("Route").GetString(), record.GetProperty("Listed").GetInt32(),
                record.GetProperty("Scanned").GetInt32(), record.GetProperty("S3Requests").GetInt32()));
    }
}
