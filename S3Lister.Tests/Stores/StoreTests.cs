using System.Text.Json;
using S3Lister.Tests.Functions.Summary;

namespace S3Lister.Tests.Stores;

/// <summary>
/// Listing, summary and health through each store of <c>docs/stores.md</c>, with the AWS SDK, over HTTP: the response is
/// right, or it is the error of the contract. It is never wrong.
/// </summary>
public sealed class StoreTests(StoreServer server) : IClassFixture<StoreServer>
{
    private const int SummaryPage = 5;

    public static TheoryData<string> Profiles => [.. StoreProfile.All.Select(profile => profile.Name)];

    [Theory]
    [MemberData(nameof(Profiles))]
    public Task Page_Is_Right_Or_Refused_As_Documented(string name) => CheckAsync(
        name, Requests.Page, api => api.GetObjectsAsync(), json => Assert.Equal(Entries(), Read(json)));

    [Theory]
    [MemberData(nameof(Profiles))]
    public Task Folder_Is_Right_Or_Refused_As_Documented(string name) => CheckAsync(
        name, Requests.Folder, api => api.GetObjectsAsync("delimiter=%2F&prefix=logs%2F"), json => Assert.Equal(Entries("logs/", "/"), Read(json)));

    [Theory]
    [MemberData(nameof(Profiles))]
    public Task Page_After_A_Key_Is_Right_Or_Refused_As_Documented(string name) => CheckAsync(
        name, Requests.StartAfter, api => api.GetObjectsAsync("prefix=logs%2F&start-after=logs%2F2026%2F1.gz"),
        json => Assert.Equal(Entries("logs/", startAfter: "logs/2026/1.gz"), Read(json)));

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Pages_Are_Right_Or_Refused_As_Documented(string name)
    {
        List<NaiveListing.Entry> entries = [];
        await WalkAsync(name, Requests.Pages, (api, token) => api.GetObjectsAsync($"delimiter=%2F&max-keys=2{token}"), json => entries.AddRange(Read(json)));

        Assert.True(Refuses(name, Requests.Pages) || entries.SequenceEqual(Entries(delimiter: "/")), string.Join(", ", entries));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Summary_Is_Right_Or_Refused_As_Documented(string name)
    {
        List<SummaryResponse> parts = [];
        await WalkAsync(name, Requests.Summary, (api, token) => api.GetSummaryAsync($"delimiter=%2F&top=0{token}"), json => parts.Add(SummaryResponse.Read(json)));

        if (!Refuses(name, Requests.Summary))
        {
            PlainSummary.Of(StoreBucket.Objects, "", "/").AssertEqual(SummaryResponse.Sum(parts, 0), 0);
        }
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Health_Is_Ready_Or_Not_As_Documented(string name)
    {
        await using var api = Api(name);

        var response = await api.GetHealthAsync();

        Assert.Equal(Refuses(name, Requests.Health) ? 503 : 200, response.Status);
    }

    [Fact]
    public async Task Log_Says_That_The_Store_Ignores_StartAfter_When_A_Summary_Is_Refused()
    {
        await using var api = Api("moto-0.4");
        FunctionContext context = new();

        for (var token = ""; ;)
        {
            var response = await api.GetSummaryAsync($"delimiter=%2F{token}", context);
            if (response.Status != 200)
            {
                break;
            }

            token = $"&continuation-token={response.NextToken}";
        }

        Assert.Contains(context.Log.Lines, line => line.Arguments.OfType<string>().Any(text => text.Contains("start-after", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task RetryAfter_Is_That_Of_The_Store()
    {
        await using var api = Api("minio-busy");

        Assert.Equal("120", (await api.GetObjectsAsync()).Headers["retry-after"]);
    }

    [Fact]
    public async Task Listing_Is_Complete_When_StartAfter_Sorts_Before_The_Prefix()
    {
        await using var api = Api("seaweedfs-4.47");

        Assert.Equal(Entries("logs/"), Read((await api.GetObjectsAsync("prefix=logs%2F&start-after=a")).Json));
    }

    [Fact]
    public async Task Listing_Is_502_When_The_Store_Does_Not_Implement_The_Delimiter()
    {
        await using var api = Api("sia-s3d");

        var response = await api.GetObjectsAsync("delimiter=-");

        Assert.Equal((502, "UpstreamFailure"), (response.Status, response.Code));
    }

    private static bool Refuses(string name, Requests request) => StoreProfile.Find(name).Refused.HasFlag(request);

    private static NaiveListing.Entry[] Entries(string prefix = "", string delimiter = "", string startAfter = "") =>
        [.. NaiveListing.Entries(StoreBucket.Keys, prefix, delimiter, startAfter)];

    private static NaiveListing.Entry[] Read(JsonElement json) =>
    [
        .. json.GetProperty("contents").EnumerateArray().Select(entry => new NaiveListing.Entry(entry.GetProperty("key").GetString()!, false))
            .Concat(json.GetProperty("commonPrefixes").EnumerateArray().Select(prefix => new NaiveListing.Entry(prefix.GetString()!, true)))
            .OrderBy(entry => entry.Name, NaiveListing.Utf8Order),
    ];

    private ComposedApi Api(string name) => new(server.Endpoint, name, pageSize: SummaryPage, settings: ("S3LISTER_REQUEST_BUDGET", "9"));

    private async Task CheckAsync(string name, Requests request, Func<ComposedApi, Task<Envelope>> send, Action<JsonElement> check)
    {
        await using var api = Api(name);

        Check(await send(api), name, request, check);
    }

    /// <summary>Follows the tokens to the end, or to the first error, which must be documented.</summary>
    private async Task WalkAsync(string name, Requests request, Func<ComposedApi, string, Task<Envelope>> send, Action<JsonElement> read)
    {
        await using var api = Api(name);
        var token = "";
        for (var calls = 0; token is not null; calls++)
        {
            Assert.True(calls < StoreBucket.Keys.Length, "It does not end.");
            var response = await send(api, token);
            if (response.Status != 200)
            {
                Check(response, name, request, read);
                return;
            }

            read(response.Json);
            token = response.NextToken is { } next ? $"&continuation-token={next}" : null;
        }

        Assert.False(Refuses(name, request), "It is accepted, and documented as refused.");
    }

    private static void Check(Envelope response, string name, Requests request, Action<JsonElement> check)
    {
        if (Refuses(name, request))
        {
            Assert.Equal(StoreProfile.Find(name).Refusal, (response.Status, response.Code));
        }
        else
        {
            Assert.True(response.Status == 200, response.Body);
            check(response.Json);
        }
    }
}
