using Microsoft.AspNetCore.Http;
using S3Lister.Local;

namespace S3Lister.Cli.Tests;

/// <summary>Credentials are found where every AWS tool finds them, also by the native binary.</summary>
public sealed class CredentialTests(SampleApi sample) : IClassFixture<SampleApi>
{
    private const string Role = "arn:aws:iam::123456789012:role/team-a";
    private const string User = "arn:aws:iam::123456789012:user/local-all";

    [Fact]
    public async Task Profile_With_Keys()
    {
        using Cli cli = new(sample.Api.Url, identity: null);
        var user = LocalIdentities.User;
        await WriteAsync(cli, "aws-credentials", $"[mine]\naws_access_key_id = {user.AccessKeyId}\naws_secret_access_key = {user.SecretAccessKey}\n");

        await AssertPrincipalAsync(cli, User, "--profile", "mine");
        cli.Set("AWS_PROFILE", "mine");
        await AssertPrincipalAsync(cli, User);
    }

    /// <summary>A profile that is named is more specific than keys in the environment.</summary>
    [Fact]
    public async Task Profile_Option_Wins_Over_The_Environment()
    {
        using Cli cli = new(sample.Api.Url, LocalIdentities.Role);
        var user = LocalIdentities.User;
        await WriteAsync(cli, "aws-credentials", $"[mine]\naws_access_key_id = {user.AccessKeyId}\naws_secret_access_key = {user.SecretAccessKey}\n");

        await AssertPrincipalAsync(cli, Role);
        await AssertPrincipalAsync(cli, User, "--profile", "mine");
    }

    [Fact]
    public async Task Profile_With_A_Process()
    {
        using Cli cli = new(sample.Api.Url, identity: null);
        var role = LocalIdentities.Role;
        await WriteAsync(
            cli,
            "credentials.json",
            $$"""{"Version":1,"AccessKeyId":"{{role.AccessKeyId}}","SecretAccessKey":"{{role.SecretAccessKey}}","SessionToken":"{{role.SessionToken}}","Expiration":"2099-01-01T00:00:00Z"}""");
        await WriteAsync(cli, "aws-config", $"[profile process]\ncredential_process = cat {cli.Path("credentials.json")}\n");

        await AssertPrincipalAsync(cli, Role, "--profile", "process");
    }

    [Fact]
    public async Task Profile_That_Assumes_A_Role_With_The_Keys_Of_Another_Profile()
    {
        await using var sts = await FaultyApi.StartAsync(null);
        var authorization = "";
        sts.Handle = async (context, _) =>
        {
            authorization = context.Request.Headers.Authorization.ToString();
            var role = LocalIdentities.Role;
            context.Response.ContentType = "text/xml";
            await context.Response.WriteAsync(
                $"""
                <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>
                <AccessKeyId>{role.AccessKeyId}</AccessKeyId><SecretAccessKey>{role.SecretAccessKey}</SecretAccessKey>
                <SessionToken>{role.SessionToken}</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>
                </AssumeRoleResult></AssumeRoleResponse>
                """);
            return true;
        };
        using Cli cli = new(sample.Api.Url, identity: null);
        cli.Set("AWS_ENDPOINT_URL_STS", sts.Url.GetLeftPart(UriPartial.Authority));
        await WriteAsync(cli, "aws-credentials", "[source]\naws_access_key_id = AKIASOURCE\naws_secret_access_key = secret\n");
        await WriteAsync(cli, "aws-config", $"[profile role]\nrole_arn = {Role}\nsource_profile = source\n");

        await AssertPrincipalAsync(cli, Role, "--profile", "role");
        Assert.StartsWith("AWS4-HMAC-SHA256 Credential=AKIASOURCE/", authorization, StringComparison.Ordinal);
        cli.Set("AWS_PROFILE", "role");
        await AssertPrincipalAsync(cli, Role);
    }

    [Fact]
    public async Task Profile_Of_Sso()
    {
        await using var portal = await FaultyApi.StartAsync(null);
        var token = "";
        portal.Handle = async (context, _) =>
        {
            token = context.Request.Headers["x-amz-sso_bearer_token"].ToString();
            var role = LocalIdentities.Role;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(
                $$$"""{"roleCredentials":{"accessKeyId":"{{{role.AccessKeyId}}}","secretAccessKey":"{{{role.SecretAccessKey}}}","sessionToken":"{{{role.SessionToken}}}","expiration":4070908800000}}""");
            return true;
        };
        using Cli cli = new(sample.Api.Url, identity: null);
        cli.Set("AWS_ENDPOINT_URL_SSO", portal.Url.GetLeftPart(UriPartial.Authority));
        await WriteAsync(
            cli,
            "aws-config",
            "[profile sso]\nsso_session = company\nsso_account_id = 123456789012\nsso_role_name = team-a\n"
            + "[sso-session company]\nsso_region = us-east-1\nsso_start_url = https://company.example.com/start\n");
        Directory.CreateDirectory(cli.Path(".aws/sso/cache"));
        // The name of the file is the SHA-1 of the session's name.
        await WriteAsync(
            cli,
            $".aws/sso/cache/{Sha1("company")}.json",
            """{"startUrl":"https://company.example.com/start","region":"us-east-1","accessToken":"portal-token","expiresAt":"2099-01-01T00:00:00Z"}""");

        await AssertPrincipalAsync(cli, Role, "--profile", "sso");
        Assert.Equal("portal-token", token);
    }

    [Fact]
    public async Task Expired_Sso_Session_Is_Exit_Code_3()
    {
        using Cli cli = new(sample.Api.Url, identity: null);
        await WriteAsync(
            cli,
            "aws-config",
            "[profile sso]\nsso_session = company\nsso_account_id = 123456789012\nsso_role_name = team-a\n"
            + "[sso-session company]\nsso_region = us-east-1\nsso_start_url = https://company.example.com/start\n");

        var run = await cli.RunAsync("whoami", "--profile", "sso");

        Assert.Equal((3, ""), (run.ExitCode, run.Output));
        Assert.Contains("aws sso login", run.Error, StringComparison.Ordinal);
    }

#pragma warning disable CA5350 // The AWS CLI and the SDKs name files so.
    private static string Sha1(string text) => Convert.ToHexStringLower(System.Security.Cryptography.SHA1.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350

    private static Task WriteAsync(Cli cli, string file, string text) => File.WriteAllTextAsync(cli.Path(file), text, TestContext.Current.CancellationToken);

    private static async Task AssertPrincipalAsync(Cli cli, string principal, params string[] options)
    {
        var run = await cli.RunAsync(["whoami", .. options]);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.StartsWith($"principal\t{principal}\n", run.Output, StringComparison.Ordinal);
    }
}
