using System.Text;
using S3Lister.EndToEnd.Tests.OddKeys;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.EndToEnd.Tests.RestApi;

/// <summary>The functions respond to events of payload format 1.0, from <c>infrastructure/rest-api.template</c>, in the same way.</summary>
public sealed class RestApiTests : IAsyncLifetime
{
    private static readonly string[] Keys =
    [
        .. OddKey.Others.Concat(OddKey.Nul).Concat(OddKey.LineFeed).Concat(OddKey.Random(1500))
            .Concat(["team-a/1", "team-a/2", "team-b/1", "a+b c%2Bd/é&=#?.txt"])
            .Distinct()
            .OrderBy(key => key, Comparer<string>.Create((left, right) =>
                Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right)))),
    ];

    private RunningRestApi _api = null!;

    public async ValueTask InitializeAsync()
    {
        InMemoryObjectStore store = new();
        foreach (var key in Keys)
        {
            store.Put(Encoding.UTF8.GetBytes(key), TestBucket.Info(1));
        }

        _api = await RunningRestApi.StartAsync(store);
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData(1000, null)]
    [InlineData(97, "gzip")]
    [InlineData(331, "br")]
    public async Task Pages_Have_Every_Odd_Key_Once_And_In_Order(int maxKeys, string? coding)
    {
        (string, string)[] headers = coding is null ? [] : [("Accept-Encoding", coding)];
        List<string> read = [];
        var query = $"max-keys={maxKeys}";
        while (query is not null)
        {
            var page = await _api.GetAsync("/objects", query, headers: headers);
            Assert.Equal(200, page.Status);
            Assert.Equal(coding, page.Headers.GetValueOrDefault("content-encoding"));
            read.AddRange(page.Keys);

            // Relative to the URL of the request, so the stage remains in its path.
            var link = page.Headers.GetValueOrDefault("link");
            Assert.Equal(page.NextToken is null, link is null);
            query = link?["<?".Length..link.IndexOf('>', StringComparison.Ordinal)];
        }

        Assert.Equal(Keys, read);
    }

    [Fact]
    public async Task Prefix_Of_The_Decoded_Query_Is_Exact()
    {
        foreach (var prefix in Keys.Where((_, number) => number % 5 == 0))
        {
            var page = await _api.GetAsync("/objects", $"max-keys=1000&prefix={Uri.EscapeDataString(prefix)}");

            Assert.Equal(prefix, page.Json.GetProperty("prefix").GetString());
            Assert.Equal(Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Take(1000), page.Keys);
        }
    }

    [Fact]
    public async Task Token_Is_Bound_To_Its_Query()
    {
        var first = await _api.GetAsync("/objects", "max-keys=1&prefix=team-a%2F");
        var token = Uri.EscapeDataString(first.NextToken!);

        Assert.Equal(["team-a/2"], (await _api.GetAsync("/objects", $"continuation-token={token}&prefix=team-a%2F")).Keys);
        Assert.Equal((400, "InvalidContinuationToken"), (await _api.GetAsync("/objects", $"continuation-token={token}&prefix=team-b%2F")).Problem);
    }

    [Theory]
    [InlineData("max-keys=0")]
    [InlineData("no-such=1")]
    [InlineData("prefix=a&prefix=b")]
    [InlineData("prefix=a&prefix=a")]
    [InlineData("continuation-token=a&start-after=b")]
    [InlineData("%22%3Cscript%3E=1")]
    public async Task Error_Is_A_Problem_That_Echoes_Nothing(string query)
    {
        var response = await _api.GetAsync("/objects", query);

        Assert.Equal((400, "InvalidParameter"), response.Problem);
        Assert.DoesNotContain("script", response.Json.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Header_Is_Found_In_Any_Case_And_When_It_Is_Repeated()
    {
        Assert.Equal("text/csv; charset=utf-8; header=present", (await _api.GetAsync("/objects", headers: [("ACCEPT", "text/csv")])).Headers["content-type"]);
        Assert.Equal(
            "application/x-ndjson",
            (await _api.GetAsync("/objects", headers: [("Accept", "text/csv;q=0.1"), ("Accept", "application/x-ndjson")])).Headers["content-type"]);
        Assert.Equal((406, "NotAcceptable"), (await _api.GetAsync("/objects", headers: [("Accept", "text/html")])).Problem);
        var etag = (await _api.GetAsync("/objects", "prefix=team-")).Headers["etag"];
        Assert.Equal(304, (await _api.GetAsync("/objects", "prefix=team-", headers: [("If-None-Match", etag)])).Status);
    }

    [Fact]
    public async Task Caller_Lists_Only_What_Its_Grant_Covers()
    {
        (RestCaller Caller, string Prefix, bool IsAllowed)[] cases =
        [
            (RestCaller.Auditor, "", true), (RestCaller.Auditor, "team-b/", true),
            (RestCaller.TeamA, "team-a/", true), (RestCaller.TeamA, "team-b/", false), (RestCaller.TeamA, "", false),
            (RestCaller.Client, "team-b/", true), (RestCaller.Client, "team-a/", false), (RestCaller.Client, "", false),
            (RestCaller.Token("client_id", "another"), "team-b/", false),
            (RestCaller.Token("sub", "team-b-client"), "team-b/", false),
            (RestCaller.Token("Client_Id", "team-b-client"), "team-b/", false),
            (RestCaller.Token("userArn", "arn:aws:iam::123456789012:user/auditor"), "", false),
            (new("arn:aws:iam::123456789012:user/team-b-client"), "team-b/", false),
            (new(null), "", false), (new(null), "team-b/", false),
        ];

        foreach (var (caller, prefix, isAllowed) in cases)
        {
            foreach (var route in (string[])["/objects", "/summary"])
            {
                var response = await _api.GetAsync(route, $"prefix={Uri.EscapeDataString(prefix)}", caller);

                Assert.True(isAllowed == (response.Status == 200), $"{caller} lists {prefix}: {response.Status}");
                if (!isAllowed)
                {
                    Assert.Equal((403, "PrefixNotAllowed"), response.Problem);
                }
            }
        }
    }

    [Fact]
    public async Task Token_Gives_Another_Caller_No_Permission()
    {
        var first = await _api.GetAsync("/objects", "max-keys=1&prefix=team-a%2F");

        var stolen = await _api.GetAsync("/objects", $"continuation-token={first.NextToken}&prefix=team-a%2F", RestCaller.Client);

        Assert.Equal((403, "PrefixNotAllowed"), stolen.Problem);
    }

    [Fact]
    public async Task Response_Is_The_Same_When_The_Path_Is_That_Of_A_Custom_Domain()
    {
        var request = RestEvent.Get("/objects", "prefix=team-a%2F", RestCaller.Auditor);
        request["path"] = "/base/objects";
        request["requestContext"]!["path"] = "/base/objects";

        Assert.Equal(["team-a/1", "team-a/2"], (await _api.SendAsync("/objects", request)).Keys);
    }

    [Fact]
    public async Task Summary_And_Health_Respond_To_A_Rest_Api()
    {
        var summary = await _api.GetAsync("/summary", "prefix=team-a%2F&top=1");
        var health = await _api.GetAsync("/health");

        Assert.Equal((2, true), (summary.Json.GetProperty("objects").GetInt32(), summary.Json.GetProperty("complete").GetBoolean()));
        Assert.Equal((200, "ready"), (health.Status, health.Json.GetProperty("status").GetString()));
        Assert.Equal((400, "InvalidParameter"), (await _api.GetAsync("/health", "a=1")).Problem);
    }

    [Fact]
    public async Task Access_Responds_To_A_Rest_Api()
    {
        var auditor = await _api.GetAsync("/access");
        var team = await _api.GetAsync("/access", caller: RestCaller.TeamA);

        Assert.Equal([""], Prefixes(auditor));
        Assert.Equal(["team-a/"], Prefixes(team));

        static IEnumerable<string?> Prefixes(RestResponse response) =>
            response.Json.GetProperty("prefixes").EnumerateArray().Select(prefix => prefix.GetString());
    }
}
