using System.Text.Json.Nodes;
using S3Lister.Local;

namespace S3Lister.EndToEnd.Tests;

public sealed class SignedListingTests(SampleApi sample) : IClassFixture<SampleApi>
{
    private readonly RunningApi _api = sample.Api;

    [Theory]
    [InlineData(1000)]
    [InlineData(700)]
    [InlineData(10000)]
    public async Task Pages_Have_Every_Key_Once_And_In_Order(int maxKeys)
    {
        List<string> keys = [];
        string? token = null;
        do
        {
            var page = await Curl.GetAsync(
                _api.Url, $"/objects?{(token is null ? "" : $"continuation-token={token}&")}max-keys={maxKeys}");
            Assert.Equal(200, page.Status);
            keys.AddRange(page.Keys);
            token = page.NextToken;
        }
        while (token is not null);

        Assert.Equal(SampleApi.ReadKeys(), keys);
    }

    [Fact]
    public async Task Ranges_Together_Have_Every_Key_Once_And_In_Order()
    {
        var all = SampleApi.ReadKeys();
        List<string> keys = [];
        for (var from = 0; from < all.Count; from += 700)
        {
            var to = Math.Min(from + 700, all.Count);
            var bounds = (to < all.Count ? $"end-before={Uri.EscapeDataString(all[to])}&" : "") + "max-keys=1000"
                + (from > 0 ? $"&start-after={Uri.EscapeDataString(all[from - 1])}" : "");

            var page = await Curl.GetAsync(_api.Url, $"/objects?{bounds}");

            Assert.Equal((200, null), (page.Status, page.NextToken));
            keys.AddRange(page.Keys);
        }

        Assert.Equal(all, keys);
    }

    [Fact]
    public async Task Ranges_Between_Splits_Have_Every_Key_Once_And_In_Order()
    {
        var all = SampleApi.ReadKeys();
        var summary = await Curl.GetAsync(_api.Url, "/summary?splits=8&top=0");
        var splits = summary.Json.GetProperty("splits").EnumerateArray().Select(split => Uri.EscapeDataString(split.GetString()!)).ToList();
        var pages = await Task.WhenAll(splits.Prepend("").Zip(splits.Append("")).Select(range =>
            Curl.GetAsync(_api.Url, $"/objects?end-before={range.Second}&max-keys=10000&start-after={range.First}")));

        Assert.Equal(7, splits.Count);
        Assert.All(pages, page => Assert.InRange(page.Keys.Length, 1, 2 * all.Count / 8));
        Assert.Equal(all, pages.SelectMany(page => page.Keys));
    }

    [Fact]
    public async Task Call_Is_Refused_When_It_Is_Unsigned_Or_Has_A_Wrong_Signature()
    {
        var user = LocalIdentities.User;

        CurlResponse[] responses =
        [
            await Curl.GetUnsignedAsync(_api.Url, "/objects"),
            await Curl.GetAsync(_api.Url, "/objects", user with { SecretAccessKey = "another" }),
            await Curl.GetAsync(_api.Url, "/objects", user with { AccessKeyId = "AKIASOMEBODYELSE0000" }),
            await Curl.GetAsync(_api.Url, "/objects", scope: "eu-west-1:execute-api"),
            await Curl.GetAsync(_api.Url, "/objects", scope: "us-east-1:s3"),
            await Curl.GetAsync(_api.Url, "/objects?prefix=b&delimiter=a"),
        ];

        Assert.All(responses, response => Assert.Equal((403, """{"message":"Forbidden"}"""), (response.Status, response.Body)));
    }

    [Fact]
    public async Task Presigned_Url_Of_Botocore_Is_Accepted()
    {
        var role = LocalIdentities.Role;
        JsonObject asRole = new()
        {
            ["presign"] = true,
            ["key"] = role.AccessKeyId,
            ["secret"] = role.SecretAccessKey,
            ["token"] = role.SessionToken,
        };

        var listing = await Botocore.CallAsync($"{_api.Url}objects?max-keys=1&prefix=team-a%2F", asRole);
        var health = await Botocore.CallAsync($"{_api.Url}health", new() { ["presign"] = true });

        Assert.True(listing.Status == 200, listing.Body);
        Assert.Equal("team-a/", (string?)listing.Json["prefix"]);
        Assert.True(health.Status == 200, health.Body);
    }

    [Fact]
    public async Task Response_Is_404_When_The_Route_Does_Not_Exist()
    {
        var response = await Curl.GetAsync(_api.Url, "/nothing");

        Assert.Equal((404, """{"message":"Not Found"}"""), (response.Status, response.Body));
    }

    [Fact]
    public async Task Role_Lists_Only_What_Its_Grant_Covers()
    {
        var granted = await Curl.GetAsync(_api.Url, "/objects?prefix=team-a%2F", LocalIdentities.Role);
        var refused = await Curl.GetAsync(_api.Url, "/objects?prefix=team-b%2F", LocalIdentities.Role);
        var all = await Curl.GetAsync(_api.Url, "/objects", LocalIdentities.Role);

        Assert.Equal(200, granted.Status);
        Assert.NotEmpty(granted.Keys);
        Assert.Equal((403, 403), (refused.Status, all.Status));
        Assert.Equal("PrefixNotAllowed", refused.Code);
    }

    [Fact]
    public async Task Health_Is_Ready()
    {
        var response = await Curl.GetAsync(_api.Url, "/health");

        Assert.Equal(200, response.Status);
        Assert.Equal("ready", response.Json.GetProperty("status").GetString());
        Assert.Equal("us-east-1", response.Json.GetProperty("region").GetString());
    }

    [Fact]
    public async Task Access_Is_That_Of_The_Caller_And_Needs_No_S3()
    {
        var requests = _api.S3.Requests.Total;

        var user = await Curl.GetAsync(_api.Url, "/access");
        var role = await Curl.GetAsync(_api.Url, "/access", LocalIdentities.Role);
        var unsigned = await Curl.GetUnsignedAsync(_api.Url, "/access");

        Assert.Equal((200, 200, 403), (user.Status, role.Status, unsigned.Status));
        Assert.Equal([""], user.Json.GetProperty("prefixes").EnumerateArray().Select(prefix => prefix.GetString()));
        Assert.Equal(["team-a/"], role.Json.GetProperty("prefixes").EnumerateArray().Select(prefix => prefix.GetString()));
        Assert.Equal("arn:aws:iam::123456789012:role/team-a", role.Json.GetProperty("principal").GetString());
        Assert.Equal(("sample-bucket", "us-east-1"), (role.Json.GetProperty("bucket").GetString(), role.Json.GetProperty("region").GetString()));
        Assert.Equal(requests, _api.S3.Requests.Total);
    }

    [Fact]
    public async Task Link_Header_Is_A_Query_That_Curl_Can_Sign_Unchanged()
    {
        var first = await Curl.GetAsync(_api.Url, "/objects?max-keys=3&prefix=odd%2F");
        var link = Assert.Single(first.Headers["link"]);

        var second = await Curl.GetAsync(new Uri(_api.Url, "/objects"), link[1..link.IndexOf('>', StringComparison.Ordinal)]);

        Assert.Equal(200, second.Status);
        Assert.True(string.CompareOrdinal(second.Keys[0], first.Keys[^1]) > 0);
    }

    [Fact]
    public async Task Response_To_A_Bad_Parameter_Is_400_With_The_Gateways_Request_Id()
    {
        var response = await Curl.GetAsync(_api.Url, "/objects?max-keys=0");

        Assert.Equal(400, response.Status);
        Assert.Equal("max-keys", response.Json.GetProperty("parameter").GetString());
        Assert.Equal(Assert.Single(response.Headers["apigw-requestid"]), response.Json.GetProperty("requestId").GetString());
    }
}
