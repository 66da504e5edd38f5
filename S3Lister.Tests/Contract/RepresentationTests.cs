using System.Text.Json;

namespace S3Lister.Tests.Contract;

/// <summary>Formats, codings, validators and links, through the generated handlers.</summary>
public sealed class RepresentationTests(GeneratedApi api) : IClassFixture<GeneratedApi>
{
    private static readonly string[] Formats = ["application/json", "application/x-ndjson", "text/csv"];

    public static TheoryData<string, string> FormatsAndCodings =>
        new(from format in Formats from coding in (string[])["", "br", "gzip"] select (format, coding));

    [Theory]
    [MemberData(nameof(FormatsAndCodings))]
    public async Task Link_Leads_Through_The_Whole_Listing(string format, string coding)
    {
        var (pages, entries, query) = (0, 0, "max-keys=500");
        while (query is not null)
        {
            var page = await api.ListAsync(query, headers: [("accept", format), ("accept-encoding", coding)]);
            Assert.Equal(200, page.Status);
            Assert.StartsWith(format, page.Headers["content-type"], StringComparison.Ordinal);
            Assert.Equal(coding, page.Headers.GetValueOrDefault("content-encoding", ""));
            Assert.Equal("private, no-cache", page.Headers["cache-control"]);
            Assert.Equal("nosniff", page.Headers["x-content-type-options"]);
            Assert.Equal("accept, accept-encoding", page.Headers["vary"]);
            pages++;
            entries += Entries(format, page);
            query = page.Headers.TryGetValue("link", out var link) ? link[2..link.IndexOf('>', StringComparison.Ordinal)] : null;
        }

        Assert.Equal((3, GeneratedApi.Keys.Length + 1100), (pages, entries));
    }

    [Theory]
    [MemberData(nameof(FormatsAndCodings))]
    public async Task Head_Is_Get_Without_The_Body(string format, string coding)
    {
        var get = await api.ListAsync("max-keys=100", headers: [("accept", format), ("accept-encoding", coding)]);
        var head = await api.ListAsync("max-keys=100", method: "HEAD", headers: [("accept", format), ("accept-encoding", coding)]);

        Assert.Equal((200, ""), (head.Status, head.Body));
        Assert.Equal(get.Headers.OrderBy(header => header.Key), head.Headers.OrderBy(header => header.Key));
    }

    [Fact]
    public async Task Head_Of_A_Problem_Has_Its_Status_And_No_Body()
    {
        var response = await api.ListAsync("max-keys=0", method: "HEAD");

        Assert.Equal((400, "", "application/problem+json"), (response.Status, response.Body, response.Headers["content-type"]));
    }

    [Fact]
    public async Task Response_Is_304_Only_For_The_Same_Page_In_The_Same_Format()
    {
        List<string> tags = [];
        foreach (var format in Formats)
        {
            var page = await api.ListAsync("max-keys=5", headers: ("accept", format));
            var again = await api.ListAsync("max-keys=5", headers: [("accept", format), ("accept-encoding", "br"), ("if-none-match", $"\"x\", {page.Headers["etag"]}")]);
            var other = await api.ListAsync("max-keys=6", headers: [("accept", format), ("if-none-match", page.Headers["etag"])]);

            Assert.Equal((304, "", page.Headers["etag"]), (again.Status, again.Body, again.Headers["etag"]));
            Assert.False(again.Headers.ContainsKey("content-encoding"));
            Assert.Equal(page.Headers["link"], again.Headers["link"]);
            Assert.Equal(200, other.Status);
            tags.Add(page.Headers["etag"]);
        }

        Assert.Equal(Formats.Length, tags.Distinct().Count());
    }

    [Fact]
    public async Task Response_Is_A_Problem_When_The_Event_Is_Empty()
    {
        var response = await api.ListAsync(new Amazon.Lambda.APIGatewayEvents.APIGatewayHttpApiV2ProxyRequest());

        Assert.Equal((403, "PrefixNotAllowed"), (response.Status, response.Code));
    }

    [Fact]
    public async Task Health_Names_Region_And_Version_And_Takes_No_Parameter()
    {
        var ready = await api.HealthAsync();
        var head = await api.HealthAsync(method: "HEAD");
        var refused = await api.HealthAsync("prefix=a");

        Assert.Equal((200, "ready", "us-east-1"), (ready.Status, ready.Json.GetProperty("status").GetString(), ready.Json.GetProperty("region").GetString()));
        Assert.NotEqual("unknown", ready.Json.GetProperty("version").GetString());
        Assert.Equal((200, ""), (head.Status, head.Body));
        Assert.Equal((400, "InvalidParameter", null), refused.Problem);
    }

    /// <summary>A listing is allowed exactly if one of the prefixes covers it.</summary>
    [Fact]
    public async Task Access_Names_The_Prefixes_That_The_Caller_Can_List()
    {
        foreach (var caller in (string[])[GatewayEvent.UserArn, GeneratedApi.TeamRole, "arn:aws:iam::123456789012:user/nobody"])
        {
            var access = await api.AccessAsync(userArn: caller);
            var prefixes = access.Json.GetProperty("prefixes").EnumerateArray().Select(prefix => prefix.GetString()!).ToArray();

            Assert.Equal(200, access.Status);
            foreach (var prefix in (string[])["", "team-a/", "team-a/x", "team-b/", "team-"])
            {
                var status = (await api.ListAsync($"prefix={Uri.EscapeDataString(prefix)}", caller)).Status;
                Assert.Equal(prefixes.Any(granted => prefix.StartsWith(granted, StringComparison.Ordinal)) ? 200 : 403, status);
            }
        }

        var head = await api.AccessAsync(method: "HEAD");
        Assert.Equal((200, ""), (head.Status, head.Body));
        Assert.Equal((400, "InvalidParameter", null), (await api.AccessAsync("prefix=a")).Problem);
    }

    private static int Entries(string format, Reply page)
    {
        var lines = page.Body.Split('\n').Length - 1;
        var state = page.Headers.GetValueOrDefault("s3lister-key-count");
        switch (format)
        {
            case "application/json":
                Assert.Null(state);
                return page.Keys.Length;
            case "text/csv":
                Assert.Equal(state, $"{lines - 1}");
                return lines - 1;
            default:
                Assert.All(page.Body.Split('\n')[..^1], line => Assert.NotNull(JsonElement.Parse(line).GetProperty("key").GetString()));
                Assert.Equal(state, $"{lines}");
                return lines;
        }
    }
}
