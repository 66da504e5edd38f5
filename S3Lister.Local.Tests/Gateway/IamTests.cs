using Microsoft.Extensions.Time.Testing;

namespace S3Lister.Local.Tests.Gateway;

/// <summary>The gateway against signers that are not ours.</summary>
public sealed class IamTests
{
    public static TheoryData<string> WellWritten =>
    [
        "/iam",
        "/iam?prefix=a",
        "/iam?max-keys=10&prefix=a%20b",
        "/iam?prefix=a%2Bb",
        "/iam?delimiter=%2F&prefix=logs%2F2026%2F",
        "/iam?prefix=%E2%82%AC%F0%9F%98%80",
        "/iam?a=1&a=2",
        "/iam?prefix=",
        "/iam/key-1_2.3~4",
    ];

    [Theory]
    [MemberData(nameof(WellWritten))]
    public async Task Request_Signed_By_Curl_Is_Accepted(string target)
    {
        await using var gateway = await TestGateway.StartAsync();

        var user = await Curl.SignedAsync(gateway.Url + target);
        var role = await Curl.SignedAsync(gateway.Url + target, LocalIdentities.Role);

        Assert.Equal((200, 200), (user.Status, role.Status));
        Assert.Equal(LocalIdentities.User.UserArn, UserArn(user));
        Assert.Equal(LocalIdentities.Role.UserArn, UserArn(role));
    }

    [Theory]
    [MemberData(nameof(WellWritten))]
    [InlineData("/iam?prefix=b&max-keys=1")]
    [InlineData("/iam/a%20b")]
    [InlineData("/iam/%E2%82%AC")]
    public async Task Request_Signed_By_Botocore_Is_Accepted(string target)
    {
        await using var gateway = await TestGateway.StartAsync();

        var user = await Botocore.CallAsync(gateway.Url + target);
        var role = await Botocore.CallAsync(gateway.Url + target, new()
        {
            ["key"] = LocalIdentities.Role.AccessKeyId,
            ["secret"] = LocalIdentities.Role.SecretAccessKey,
            ["token"] = LocalIdentities.Role.SessionToken,
        });

        Assert.Equal((200, 200), (user.Status, role.Status));
        Assert.Equal(LocalIdentities.Role.UserArn, UserArn(role));
    }

    [Fact]
    public async Task Body_Signed_By_Botocore_Is_Accepted()
    {
        await using var gateway = await TestGateway.StartAsync();

        var posted = await Botocore.CallAsync(
            $"{gateway.Url}/iam",
            new() { ["method"] = "POST", ["body"] = """{"é":1}""", ["headers"] = new System.Text.Json.Nodes.JsonObject { ["content-type"] = "application/json" } });

        Assert.Equal(200, posted.Status);
        Assert.Equal("""{"é":1}""", (string?)posted.Json["body"]);
    }

    [Theory]
    [InlineData("/iam?prefix=b&max-keys=1", "it is not sorted. Write ?max-keys=1&prefix=b")]
    [InlineData("/iam?prefix=a/b", "/ must be written %2F. Write ?prefix=a%2Fb")]
    [InlineData("/iam?prefix=a+b", "+ is a space: it must be written %20, and a plus sign %2B. Write ?prefix=a%20b")]
    [InlineData("/iam?prefix=%e2%82%ac", "the digits after % must be upper case (%2F, not %2f). Write ?prefix=%E2%82%AC")]
    public async Task Query_That_Is_Not_Canonical_Is_Refused_As_Curl_Signs_It_And_Explained(string target, string advice)
    {
        await using var gateway = await TestGateway.StartAsync();

        Assert.Equal(TextResponse.Forbidden, await Curl.SignedAsync(gateway.Url + target));
        Assert.Equal(
            [$"The query was signed as it is written, and {advice}"], Assert.Single(gateway.Log).Explanation);
    }

    // A signer that encodes a space and a client that sends a form: the URL of JavaScript's URLSearchParams.
    [Theory]
    [InlineData("/iam?prefix=a%20b", "a%20b", "a+b", 200)]
    [InlineData("/iam?prefix=a%2Bb", "a%2Bb", "a+b", 403)]
    public async Task Plus_In_A_Query_Is_A_Space_For_The_Signature_As_For_The_Event(string url, string from, string to, int status)
    {
        await using var gateway = await TestGateway.StartAsync();

        var response = await Botocore.CallAsync(
            gateway.Url + url, new() { ["tamper"] = new System.Text.Json.Nodes.JsonObject { [from] = to } });

        Assert.Equal(status, response.Status);
        Assert.Equal(status == 200 ? "a b" : null, (string?)response.Json["queryStringParameters"]?["prefix"]);
    }

    [Fact]
    public async Task Unsigned_Request_Is_Refused()
    {
        await using var gateway = await TestGateway.StartAsync();

        Assert.Equal(TextResponse.Forbidden, await gateway.GetAsync("/iam"));
        Assert.Equal("Missing Authentication Token", Assert.Single(gateway.Log).Error);
    }

    [Fact]
    public async Task Wrong_Secret_Key_Region_Service_Or_Token_Is_Refused()
    {
        await using var gateway = await TestGateway.StartAsync();
        var url = $"{gateway.Url}/iam?prefix=a";
        var user = LocalIdentities.User;
        var role = LocalIdentities.Role;

        TextResponse[] responses =
        [
            await Curl.SignedAsync(url, user with { SecretAccessKey = "wrong" }),
            await Curl.SignedAsync(url, user with { AccessKeyId = "AKIANOBODY" }),
            await Curl.SignedAsync(url, scope: "eu-west-1:execute-api"),
            await Curl.SignedAsync(url, scope: "us-east-1:s3"),
            await Curl.SignedAsync(url, role with { SessionToken = "another" }),
            await Curl.SignedAsync(url, role with { SessionToken = null }),
            await Curl.SignedAsync(url, user with { SessionToken = role.SessionToken }),
        ];

        Assert.All(responses, response => Assert.Equal(TextResponse.Forbidden, response));
        Assert.All(gateway.Log, entry => Assert.Null(entry.Caller));
    }

    [Theory]
    [InlineData(-6, 403)]
    [InlineData(-4, 200)]
    [InlineData(4, 200)]
    [InlineData(6, 403)]
    public async Task Clocks_May_Differ_By_Five_Minutes(int minutes, int status)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddMinutes(minutes));
        await using var gateway = await TestGateway.StartAsync(options => options with { TimeProvider = clock });

        Assert.Equal(status, (await Curl.SignedAsync($"{gateway.Url}/iam")).Status);
    }

    [Fact]
    public async Task Tampered_Query_Header_Or_Body_Is_Refused()
    {
        await using var gateway = await TestGateway.StartAsync();
        var signed = await SignedHeadersAsync($"{gateway.Url}/iam?prefix=a");

        Assert.Equal(200, (await Curl.CallAsync([.. signed, $"{gateway.Url}/iam?prefix=a"])).Status);
        Assert.Equal(TextResponse.Forbidden, await Curl.CallAsync([.. signed, $"{gateway.Url}/iam?prefix=b"]));
        Assert.Equal(TextResponse.Forbidden, await Curl.CallAsync([.. signed, "--header", "Host: other", $"{gateway.Url}/iam?prefix=a"]));
        Assert.Equal(TextResponse.Forbidden, await Curl.CallAsync([.. signed, "--header", "x-amz-extra: 1", $"{gateway.Url}/iam?prefix=a"]));
        Assert.Equal(TextResponse.Forbidden, await Curl.CallAsync([.. signed, "--data", "x", $"{gateway.Url}/iam?prefix=a"]));
    }

    [Fact]
    public async Task Unknown_Route_Is_Not_Found_Signed_Or_Not()
    {
        await using var gateway = await TestGateway.StartAsync();
        var notFound = new TextResponse(404, """{"message":"Not Found"}""");

        Assert.Equal(notFound, await gateway.GetAsync("/unknown"));
        Assert.Equal(notFound, await Curl.SignedAsync($"{gateway.Url}/unknown"));
        Assert.Equal(notFound, await Curl.SignedAsync($"{gateway.Url}/iam", more: ["--request", "DELETE"]));
    }

    private static string? UserArn(TextResponse response) =>
        (string?)response.Json["requestContext"]!["authorizer"]!["iam"]!["userArn"];

    // The headers with which curl signs this URL, taken from the event that comes of it.
    private static async Task<string[]> SignedHeadersAsync(string url)
    {
        var headers = (await Curl.SignedAsync(url)).Json["headers"]!;
        return
        [
            "--header", $"Authorization: {headers["authorization"]}", "--header", $"X-Amz-Date: {headers["x-amz-date"]}",
        ];
    }
}
