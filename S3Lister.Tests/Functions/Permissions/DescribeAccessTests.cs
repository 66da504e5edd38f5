using System.Text.Json;
using Amazon.Lambda.APIGatewayEvents;
using S3Lister.Functions.Configuration;

namespace S3Lister.Tests.Functions.Permissions;

/// <summary>What <c>GET /access</c> returns to each kind of caller, without credentials and without an S3 client.</summary>
public sealed class DescribeAccessTests
{
    private const string Account = "123456789012";

    private const string Grants = """
        [
          {"principal":"arn:aws:iam::123456789012:role/team-a","prefixes":["team-a/","shared/"]},
          {"principal":"arn:aws:iam::123456789012:role/team-*","prefixes":["shared/","shared/reports/","all-teams/"]},
          {"principal":"arn:aws:iam::123456789012:user/division/alice","prefixes":["alice/"]},
          {"principal":"arn:aws:iam::123456789012:root","prefixes":[""]},
          {"principal":"arn:aws:sts::123456789012:federated-user/bob","prefixes":["bob/"]},
          {"principal":"arn:aws-cn:iam::123456789012:role/team-a","prefixes":["cn/"]},
          {"claim":{"client_id":"abc"},"prefixes":["client/"]},
          {"claim":{"scope":"teams/team-b"},"prefixes":["team-b/"]},
          {"claim":{"scope":"teams/team-b","client_id":"abc"},"prefixes":["both/"]}
        ]
        """;

    [Theory]
    [InlineData("arn:aws:sts::123456789012:assumed-role/team-a/session", "arn:aws:iam::123456789012:role/team-a", "all-teams/|shared/|team-a/")]
    [InlineData("arn:aws:sts::123456789012:assumed-role/team-b/team-a", "arn:aws:iam::123456789012:role/team-b", "all-teams/|shared/")]
    [InlineData("arn:aws-cn:sts::123456789012:assumed-role/team-a/session", "arn:aws-cn:iam::123456789012:role/team-a", "cn/")]
    [InlineData("arn:aws:iam::123456789012:user/division/alice", "arn:aws:iam::123456789012:user/division/alice", "alice/")]
    [InlineData("arn:aws:iam::123456789012:root", "arn:aws:iam::123456789012:root", "")]
    [InlineData("arn:aws:sts::123456789012:federated-user/bob", "arn:aws:sts::123456789012:federated-user/bob", "bob/")]
    public async Task Caller_That_Signs_Has_The_Prefixes_Of_All_Its_Grants(string userArn, string principal, string prefixes)
    {
        await using AccessApi api = new((ListerEnvironment.Grants, Grants));

        var response = await api.GetAsync(userArn);

        Assert.Equal(200, response.Status);
        Assert.Equal((principal, prefixes), (Principal(response), string.Join('|', Prefixes(response))));
    }

    [Theory]
    [InlineData("arn:aws:iam::123456789012:user/alice")]
    [InlineData("arn:aws:iam::999999999999:root")]
    [InlineData("arn:aws:sts::123456789012:assumed-role/Team-a/session")]
    [InlineData("arn:aws:sts::123456789012:assumed-role/other/team-a")]
    public async Task Caller_Has_No_Prefixes_When_No_Grant_Selects_It(string userArn)
    {
        await using AccessApi api = new((ListerEnvironment.Grants, Grants));

        var response = await api.GetAsync(userArn);

        Assert.Equal(200, response.Status);
        Assert.Empty(Prefixes(response));
    }

    [Theory]
    [InlineData("client_id=abc", "client_id:abc", "client/")]
    [InlineData("client_id=abc;sub=1234;scope=s3lister/access.read teams/team-b", "client_id:abc", "both/|client/|team-b/")]
    [InlineData("client_id=another;scope=teams/team-b s3lister/access.read", "client_id:another", "team-b/")]
    [InlineData("sub=1234;scope=teams/team-b", "sub:1234", "team-b/")]
    [InlineData("scope=teams/team-b", null, "team-b/")]
    [InlineData("client_id=ABC", "client_id:ABC", null)]
    [InlineData("sub=arn:aws:iam::123456789012:root", "sub:arn:aws:iam::123456789012:root", null)]
    public async Task Caller_With_A_Token_Has_The_Prefixes_Of_Its_Claims(string claims, string? principal, string? prefixes)
    {
        await using AccessApi api = new((ListerEnvironment.Grants, Grants));

        var response = await api.GetAsync(Token(claims));

        Assert.Equal(200, response.Status);
        Assert.Equal(principal, Principal(response));
        Assert.Equal(prefixes?.Split('|') ?? [], Prefixes(response));
    }

    [Fact]
    public async Task Caller_That_Signs_Has_The_Whole_Bucket_When_There_Are_No_Grants_And_A_Token_Nothing()
    {
        await using AccessApi api = new();

        Assert.Equal([""], Prefixes(await api.GetAsync()));
        Assert.Empty(Prefixes(await api.GetAsync(Token("client_id=abc"))));
        Assert.Empty(Prefixes(await api.GetAsync(new APIGatewayHttpApiV2ProxyRequest())));
    }

    [Theory]
    [InlineData("team-a/", "team-a/")]
    [InlineData("team-a/2026/,shared/reports/,private/", "shared/reports/|team-a/2026/")]
    [InlineData("private/", null)]
    [InlineData(" team-a/", null)]
    [InlineData("  ", "all-teams/|shared/|team-a/")]
    public async Task Prefixes_That_The_Roles_May_Not_List_Are_Left_Out(string listable, string? prefixes)
    {
        await using AccessApi api = new((ListerEnvironment.Grants, Grants), (ListerEnvironment.ListablePrefixes, listable));

        var response = await api.GetAsync($"arn:aws:sts::{Account}:assumed-role/team-a/session");

        Assert.Equal(prefixes?.Split('|') ?? [], Prefixes(response));
    }

    [Fact]
    public async Task Prefixes_Are_Returned_As_They_Are_When_They_Have_Odd_Characters()
    {
        string[] odd = ["\u0001\n/", " leading/", "\"quoted\"\\/", "%2F+&=#?/", "../", "<script>/", "a//", "É/", "日本/", "\uE000/", "\U0001F600/"];
        var grants = JsonSerializer.Serialize(odd.Reverse().Select(prefix => new { principal = "*", prefixes = new[] { prefix } }));
        await using AccessApi api = new((ListerEnvironment.Grants, grants));

        Assert.Equal(odd, Prefixes(await api.GetAsync()));
    }

    [Fact]
    public async Task Name_Of_A_Role_Is_Returned_With_All_Its_Characters()
    {
        await using AccessApi api = new((ListerEnvironment.Grants, """[{"principal":"arn:aws:iam::123456789012:role/a+=,.@_-Z","prefixes":["a/"]}]"""));

        var response = await api.GetAsync($"arn:aws:sts::{Account}:assumed-role/a+=,.@_-Z/session");

        Assert.Equal(("arn:aws:iam::123456789012:role/a+=,.@_-Z", "a/"), (Principal(response), Assert.Single(Prefixes(response))));
    }

    [Fact]
    public async Task Response_Has_The_Settings_That_Apply_To_All_Callers()
    {
        await using AccessApi api = new((ListerEnvironment.ScanBudget, "2000"), (ListerEnvironment.RequestBudget, "7"));

        var response = await api.GetAsync();

        Assert.Equal(["principal", "bucket", "region", "prefixes", "limits", "version"], response.Json.EnumerateObject().Select(field => field.Name));
        Assert.Equal((S3Double.Bucket, "us-east-1"), (Text(response, "bucket"), Text(response, "region")));
        Assert.Equal("""{"scanBudget":2000,"requestBudget":7,"maxKeys":10000}""", response.Json.GetProperty("limits").GetRawText());
        Assert.Matches(@"^\d+\.\d+\.\d+", Text(response, "version"));
        Assert.Equal("application/json", response.Headers["content-type"]);
        Assert.Equal("private, no-cache", response.Headers["cache-control"]);
    }

    /// <summary>Neither the grants of others nor the prefixes that only the roles may list.</summary>
    [Fact]
    public async Task Response_Has_Nothing_About_Other_Callers()
    {
        await using AccessApi api = new((ListerEnvironment.Grants, Grants), (ListerEnvironment.ListablePrefixes, "alice/,hidden/"));

        var response = await api.GetAsync($"arn:aws:iam::{Account}:user/division/alice");

        Assert.Equal(["alice/"], Prefixes(response));
        Assert.All(
            (string[])["hidden", "team", "shared", "bob", "client", "both", "cn/"],
            text => Assert.DoesNotContain(text, response.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Route_Takes_No_Parameters_And_Returns_Only_Json()
    {
        await using AccessApi api = new();

        var parameter = await api.GetAsync(query: "prefix=a");
        var csv = await api.GetAsync(headers: ("accept", "text/csv"));

        Assert.Equal((400, "InvalidParameter"), (parameter.Status, parameter.Code));
        Assert.Equal((406, "NotAcceptable"), (csv.Status, csv.Code));
    }

    [Fact]
    public async Task Log_Line_Has_The_Caller_And_No_Prefix()
    {
        await using AccessApi api = new((ListerEnvironment.Grants, Grants));
        FunctionContext context = new();

        await api.GetAsync(GatewayEvent.Get("/access", userArn: $"arn:aws:sts::{Account}:assumed-role/team-a/session"), context);

        var line = Assert.Single(context.Log.Lines);
        Assert.Contains("arn:aws:iam::123456789012:role/team-a", line.Arguments);
        Assert.DoesNotContain(line.Arguments, argument => argument?.ToString() is { } text && text.EndsWith('/'));
    }

    private static APIGatewayHttpApiV2ProxyRequest Token(string claims) => new()
    {
        RouteKey = "GET /access",
        RequestContext = new()
        {
            Authorizer = new() { Jwt = new() { Claims = claims.Split(';').ToDictionary(claim => claim.Split('=')[0], claim => claim.Split('=')[1]) } },
        },
    };

    private static string? Principal(Envelope response) => Text(response, "principal");

    private static string? Text(Envelope response, string field) => response.Json.GetProperty(field).GetString();

    private static string[] Prefixes(Envelope response) =>
        [.. response.Json.GetProperty("prefixes").EnumerateArray().Select(prefix => prefix.GetString()!)];
}
