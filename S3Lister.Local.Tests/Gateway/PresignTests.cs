using System.Net;
using System.Text.Json.Nodes;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Signing;
using Microsoft.Extensions.Time.Testing;
using S3Lister.Local.SigV4;

namespace S3Lister.Local.Tests.Gateway;

/// <summary>Calls signed in the query, by botocore and by the AWS SDK for .NET.</summary>
public sealed class PresignTests
{
    public static TheoryData<string> Targets =>
    [
        "/iam",
        "/iam?prefix=a%20b&max-keys=1",
        "/iam?delimiter=%2F&prefix=a%2Bb",
        "/iam?prefix=%E2%82%AC%F0%9F%98%80",
        "/iam?prefix=",
        "/iam/a%20b",
    ];

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Request_Presigned_By_Botocore_Is_Accepted(string target)
    {
        await using var gateway = await TestGateway.StartAsync();

        var user = await Botocore.CallAsync(gateway.Url + target, new() { ["presign"] = true });
        var role = await Botocore.CallAsync(gateway.Url + target, Presign(LocalIdentities.Role));

        Assert.Equal((200, 200), (user.Status, role.Status));
        Assert.Equal(LocalIdentities.User.UserArn, UserArn(user));
        Assert.Equal(LocalIdentities.Role.UserArn, UserArn(role));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Request_Presigned_By_The_Sdk_For_Net_Is_Accepted(string target)
    {
        await using var gateway = await TestGateway.StartAsync();

        var user = await gateway.GetAsync(PresignWithSdk(gateway.Url + target, LocalIdentities.User));
        var role = await gateway.GetAsync(PresignWithSdk(gateway.Url + target, LocalIdentities.Role));

        Assert.Equal((200, 200), (user.Status, role.Status));
        Assert.Equal(LocalIdentities.User.UserArn, UserArn(user));
        Assert.Equal(LocalIdentities.Role.UserArn, UserArn(role));
    }

    [Theory]
    [InlineData(0, 60, 200)]
    [InlineData(59, 60, 200)]
    [InlineData(90, 60, 403)]
    [InlineData(-240, 60, 200)]
    [InlineData(-360, 60, 403)]
    [InlineData(604_700, 604_800, 200)]
    [InlineData(0, 604_801, 403)]
    [InlineData(0, 0, 403)]
    [InlineData(0, -1, 403)]
    public async Task Presigned_Request_Is_Valid_Until_It_Expires(int secondsLater, int expires, int status)
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddSeconds(secondsLater));
        await using var gateway = await TestGateway.StartAsync(options => options with { TimeProvider = clock });

        var response = await Botocore.CallAsync(
            $"{gateway.Url}/iam?prefix=a", new() { ["presign"] = true, ["expires"] = expires });

        Assert.Equal(status, response.Status);
    }

    [Theory]
    [InlineData("prefix=a", "prefix=b")]
    [InlineData("prefix=a", "prefix=a&max-keys=1")]
    [InlineData("X-Amz-Expires=3600", "X-Amz-Expires=3601")]
    [InlineData("%2Fexecute-api%2F", "%2Fs3%2F")]
    [InlineData("us-east-1", "eu-west-1")]
    [InlineData("X-Amz-Algorithm=AWS4-HMAC-SHA256&", "")]
    [InlineData("X-Amz-SignedHeaders=host", "X-Amz-SignedHeaders=")]
    [InlineData("X-Amz-Signature=", "X-Amz-Signatur=")]
    [InlineData("X-Amz-Signature=", "X-Amz-Security-Token=t&X-Amz-Signature=")]
    public async Task Presigned_Request_That_Was_Changed_Is_Refused(string from, string to)
    {
        await using var gateway = await TestGateway.StartAsync();

        var response = await Botocore.CallAsync(
            $"{gateway.Url}/iam?prefix=a", new() { ["presign"] = true, ["tamper"] = new JsonObject { [from] = to } });

        Assert.Equal(TextResponse.Forbidden, response);
        Assert.NotEmpty(Assert.Single(gateway.Log).Explanation);
    }

    [Theory]
    [InlineData("X-Amz-Signature=", "X%2DAmz-Signature=")]
    [InlineData("host&X-Amz-Signature", "host&&X-Amz-Signature")]
    public async Task Presigned_Request_May_Be_Spelled_Differently(string from, string to)
    {
        await using var gateway = await TestGateway.StartAsync();

        var response = await Botocore.CallAsync(
            $"{gateway.Url}/iam?prefix=a", new() { ["presign"] = true, ["tamper"] = new JsonObject { [from] = to } });

        Assert.Equal(200, response.Status);
    }

    [Fact]
    public async Task Security_Token_Must_Be_Signed_And_The_Right_One()
    {
        await using var gateway = await TestGateway.StartAsync();
        var withoutToken = LocalIdentities.Role with { SessionToken = null };
        var added = Presign(withoutToken);
        added["tamper"] = new JsonObject
        {
            ["X-Amz-Signature="] = $"X-Amz-Security-Token={LocalIdentities.Role.SessionToken}&X-Amz-Signature=",
        };

        TextResponse[] responses =
        [
            await Botocore.CallAsync($"{gateway.Url}/iam", Presign(withoutToken)),
            await Botocore.CallAsync($"{gateway.Url}/iam", Presign(LocalIdentities.Role with { SessionToken = "another" })),
            await Botocore.CallAsync($"{gateway.Url}/iam", added),
        ];

        Assert.All(responses, response => Assert.Equal(TextResponse.Forbidden, response));
        Assert.Equal(
            ["X-Amz-Security-Token was added after signing; it must be signed."], gateway.Log.Last().Explanation);
    }

    [Fact]
    public async Task Header_That_Is_Signed_Must_Be_Sent_As_It_Was_Signed()
    {
        await using var gateway = await TestGateway.StartAsync();
        JsonObject Signed(string sent) => new()
        {
            ["presign"] = true,
            ["headers"] = new JsonObject { ["x-amz-meta"] = "1" },
            ["tamper"] = new JsonObject { ["x-amz-meta"] = sent },
        };

        Assert.Equal(200, (await Botocore.CallAsync($"{gateway.Url}/iam", Signed("x-amz-meta"))).Status);
        Assert.Equal(TextResponse.Forbidden, await Botocore.CallAsync($"{gateway.Url}/iam", Signed("x-amz-other")));
    }

    [Fact]
    public async Task Body_Must_Be_The_One_That_Was_Signed_And_Unsigned_Ones_Are_S3s()
    {
        await using var gateway = await TestGateway.StartAsync();
        var url = PresignWithSdk($"{gateway.Url}/iam", LocalIdentities.User, "POST");
        using var body = new StringContent("x");

        using var empty = await gateway.Client.PostAsync(new Uri(gateway.Url + url), null, TestContext.Current.CancellationToken);
        using var other = await gateway.Client.PostAsync(new Uri(gateway.Url + url), body, TestContext.Current.CancellationToken);
        var unsigned = await Botocore.CallAsync(
            gateway.Url.Replace("http://", "https://", StringComparison.Ordinal) + "/iam",
            new() { ["presign"] = true, ["unsigned-payload"] = true });

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden, 403), (empty.StatusCode, other.StatusCode, unsigned.Status));
        Assert.Equal(["The request was signed without its body: sign the SHA-256 of the body."], gateway.Log.ElementAt(1).Explanation);
        Assert.Contains("UNSIGNED-PAYLOAD", Assert.Single(gateway.Log.Last().Explanation), StringComparison.Ordinal);
    }

    private static JsonObject Presign(Identity identity) => new()
    {
        ["presign"] = true,
        ["key"] = identity.AccessKeyId,
        ["secret"] = identity.SecretAccessKey,
        ["token"] = identity.SessionToken,
    };

    /// <summary>The path and query that the SDK makes of a URL.</summary>
    private static string PresignWithSdk(string url, Identity identity, string method = "GET")
    {
        AWSCredentials credentials = identity.SessionToken is { } token
            ? new SessionAWSCredentials(identity.AccessKeyId, identity.SecretAccessKey, token)
            : new BasicAWSCredentials(identity.AccessKeyId, identity.SecretAccessKey);
        var presigned = AWSSigV4Signer.Presign(
            new AWSSigningRequest { HttpMethod = new HttpMethod(method), RequestUri = new Uri(url) },
            new AWSSigV4Parameters { Credentials = credentials, Region = RegionEndpoint.USEast1, Service = "execute-api" },
            TimeSpan.FromMinutes(1));
        return presigned.Uri.PathAndQuery;
    }

    private static string? UserArn(TextResponse response) =>
        (string?)response.Json["requestContext"]!["authorizer"]!["iam"]!["userArn"];
}
