using Amazon.Lambda.APIGatewayEvents;
using S3Lister.Functions.Access;
using S3Lister.Functions.Configuration;

namespace S3Lister.Tests.Functions.Access;

/// <summary>Grants for callers with a token.</summary>
public sealed class ClaimTests
{
    private const string User = "arn:aws:iam::123456789012:user/alice";

    [Theory]
    [InlineData("client_id", "abc", "client_id", "abc", true)]
    [InlineData("client_id", "abc", "client_id", "abcd", false)]
    [InlineData("client_id", "abc", "client_id", "ab", false)]
    [InlineData("client_id", "abc", "client_id", "ABC", false)]
    [InlineData("client_id", "abc", "client_id", "abc ", false)]
    [InlineData("client_id", "abc", "client_id", "x abc", false)]
    [InlineData("client_id", "abc", "client_id", "", false)]
    [InlineData("client_id", "abc", "Client_Id", "abc", false)]
    [InlineData("client_id", "abc", "sub", "abc", false)]
    [InlineData("scope", "s3lister/team-a", "scope", "s3lister/team-a", true)]
    [InlineData("scope", "s3lister/team-a", "scope", "s3lister/objects.list s3lister/team-a", true)]
    [InlineData("scope", "s3lister/team-a", "scope", "s3lister/team-a s3lister/objects.list", true)]
    [InlineData("scope", "s3lister/team-a", "scope", "s3lister/team-ab", false)]
    [InlineData("scope", "s3lister/team-a", "scope", "x-s3lister/team-a", false)]
    [InlineData("scope", "s3lister/team-a", "scope", "", false)]
    public void Claim_Is_Compared_Exactly(string wanted, string value, string claimed, string token, bool matches) =>
        Assert.Equal(matches, ByClaim((wanted, value)).IsFor(Token((claimed, token))));

    [Fact]
    public void Every_Claim_Of_A_Grant_Is_Required()
    {
        var grant = ByClaim(("client_id", "abc"), ("scope", "s3lister/team-a"));

        Assert.True(grant.IsFor(Token(("client_id", "abc"), ("scope", "s3lister/team-a s3lister/team-b"))));
        Assert.False(grant.IsFor(Token(("client_id", "abc"))));
        Assert.False(grant.IsFor(Token(("scope", "s3lister/team-a"))));
        Assert.False(grant.IsFor(Token(("client_id", "abc"), ("scope", "s3lister/team-b"))));
    }

    /// <summary>ARNs are only compared with principals, and claims only with claims.</summary>
    [Fact]
    public void Grant_Of_One_Kind_Never_Matches_A_Caller_Of_The_Other()
    {
        string[] texts = ["*", "", User, "abc", "arn:aws:iam::123456789012:role/a", "client_id", "client_id:abc"];
        string[] claims = ["client_id", "sub", "scope", "principal", "userArn", "*"];
        foreach (var text in texts)
        {
            Grant principal = new(text, [""]);
            foreach (var claim in claims)
            {
                Assert.False(principal.IsFor(Token((claim, text))));
                Assert.False(ByClaim((claim, text)).IsFor(Caller.Of(text, null)));
                Assert.False(ByClaim((claim, text)).IsFor(Caller.Of(User, Token(claim, text))));
            }

            Assert.False(principal.IsFor(Caller.Of(null, null)));
            Assert.False(principal.IsFor(Caller.Of(null, new Dictionary<string, string>())));
        }

        Assert.False(new Grant([""]).IsFor(Token(("client_id", "abc"))));
        Assert.False(new Grant([""]) { Claim = new Dictionary<string, string>() }.IsFor(Token(("client_id", "abc"))));
        Assert.False(new Grant("*", [""]) { Claim = Token("client_id", "abc") }.IsFor(Token(("client_id", "abc"))));
    }

    [Fact]
    public async Task Caller_With_A_Token_Is_Refused_Like_Any_Other()
    {
        S3Double s3 = new(options => options with { Grants = [new(User, ["team-a/"]), ByClaim("team-a/", ("client_id", "abc"))] });

        var token = await s3.GetObjectsAsync(Event(Token("client_id", "another"), "prefix=team-a%2F"));
        var signed = await s3.GetObjectsAsync(GatewayEvent.Get("/objects", "prefix=team-a%2F", "arn:aws:iam::123456789012:user/bob"));

        Assert.Equal((403, 403), (token.Status, signed.Status));
        Assert.Equal(signed.Headers, token.Headers);
        Assert.Equal(signed.Body, token.Body);
        Assert.Empty(s3.Requests);
    }

    [Fact]
    public async Task Caller_With_A_Token_Lists_Nothing_When_There_Are_No_Grants()
    {
        S3Double s3 = new();

        var response = await s3.GetObjectsAsync(Event(Token("client_id", "abc"), ""));

        Assert.Equal("PrefixNotAllowed", response.Code);
    }

    [Fact]
    public async Task Caller_With_A_Token_Is_Checked_On_Every_Page()
    {
        S3Double s3 = new(options => options with { Grants = [ByClaim("team-a/", ("client_id", "abc")), ByClaim("team-b/", ("client_id", "xyz"))] });
        s3.Responds(["team-a/1"], "next").Responds(["team-a/2"]);
        var first = await s3.GetObjectsAsync(Event(Token("client_id", "abc"), "max-keys=1&prefix=team-a%2F"));
        var next = $"continuation-token={first.NextToken}&max-keys=1&prefix=team-a%2F";

        var stolen = await s3.GetObjectsAsync(Event(Token("client_id", "xyz"), next));
        var second = await s3.GetObjectsAsync(Event(Token("client_id", "abc"), next));

        Assert.Equal((200, 403, 200), (first.Status, stolen.Status, second.Status));
    }

    [Theory]
    [InlineData("client_id", "abc", "client_id:abc")]
    [InlineData("sub", "1234", "sub:1234")]
    [InlineData("scope", "s3lister/objects.list", null)]
    public void Name_In_The_Log_Is_The_Client_Of_The_Token(string claim, string value, string? name) =>
        Assert.Equal(name, Token((claim, value)).Name);

    [Fact]
    public async Task Log_Line_Has_The_Client_And_Not_The_Token()
    {
        S3Double s3 = new(options => options with { Grants = [ByClaim("", ("client_id", "abc"))] });
        FunctionContext context = new();
        s3.Responds([]);

        await s3.Functions.ListObjects(
            Event(new Dictionary<string, string> { ["client_id"] = "abc", ["sub"] = "subject", ["jti"] = "secret" }, ""), context);

        var line = Assert.Single(context.Log.Lines);
        Assert.Contains("client_id:abc", line.Arguments);
        Assert.DoesNotContain(line.Arguments, argument => argument?.ToString() is { } text
            && (text.Contains("eyJ", StringComparison.Ordinal) || text.Contains("secret", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("""[{"claim":{"client_id":"abc"},"prefixes":["team-a/"]}]""", null)]
    [InlineData("""[{"claim":{"client_id":"abc","scope":"s3lister/team-a"},"prefixes":[""]}]""", null)]
    [InlineData("""[{"principal":"*","prefixes":[""]},{"claim":{"sub":"abc"},"prefixes":[""]}]""", null)]
    [InlineData("""[{"prefixes":[""]}]""", "grant 1 must have either a principal or a claim")]
    [InlineData("""[{"principal":"*","claim":{"sub":"a"},"prefixes":[""]}]""", "grant 1 must have either a principal or a claim")]
    [InlineData("""[{"principal":"*","prefixes":[""]},{"claim":{},"prefixes":[""]}]""", "grant 2 must name at least one claim")]
    [InlineData("""[{"claim":{"":"a"},"prefixes":[""]}]""", "a name and a value for each claim")]
    [InlineData("""[{"claim":{"sub":" "},"prefixes":[""]}]""", "a name and a value for each claim")]
    [InlineData("""[{"claim":{"sub":null},"prefixes":[""]}]""", "a name and a value for each claim")]
    [InlineData("""[{"claim":{"client_id":"abc*"},"prefixes":[""]}]""", "claims without *")]
    [InlineData("""[{"claim":{"scope":"a b"},"prefixes":[""]}]""", "must name one scope")]
    [InlineData("""[{"claim":{"client_id":"abc"},"prefixes":["team-a"]}]""", "end in / or are empty")]
    [InlineData("""[{"claim":{"client_id":"abc"},"prefixes":[]}]""", "at least one prefix")]
    [InlineData("""[{"claim":{"client_id":"abc"}}]""", "must be a JSON list")]
    [InlineData("""[{"claim":"client_id","prefixes":[""]}]""", "must be a JSON list")]
    [InlineData("""[{"claim":{"client_id":1},"prefixes":[""]}]""", "must be a JSON list")]
    [InlineData("""[{"claim":{"client_id":["abc"]},"prefixes":[""]}]""", "must be a JSON list")]
    [InlineData("""[{"claims":{"client_id":"abc"},"prefixes":[""]}]""", "must be a JSON list")]
    [InlineData("""[{"claim":{"sub":"a","sub":"b"},"prefixes":[""]}]""", "must be a JSON list")]
    [InlineData("""[{"principal":"*","principal":"arn:aws:iam::1:root","prefixes":[""]}]""", "must be a JSON list")]
    [InlineData("""[{"principal":"*","prefixes":[""],"prefixes":["a/"]}]""", "must be a JSON list")]
    [InlineData("""[{"principal":null,"prefixes":[""]}]""", "must be a JSON list")]
    [InlineData("""[{"principal":"*","prefixes":[null]}]""", "must be a JSON list")]
    [InlineData("""[{"principal":"*","prefixes":"a/"}]""", "must be a JSON list")]
    [InlineData("""{"principal":"*","prefixes":[""]}""", "must be a JSON list")]
    [InlineData("""[[]]""", "must be a JSON list")]
    [InlineData("""[null]""", "must be a JSON list")]
    [InlineData("""null""", "must be a JSON list")]
    [InlineData("""[{"principal":"\ud800","prefixes":[""]}]""", "must be a JSON list")]
    [InlineData("""[{"\udc00":"*","prefixes":[""]}]""", "must be a JSON list")]
    [InlineData("""[{"claim":{"sub":"\ud800"},"prefixes":[""]}]""", "must be a JSON list")]
    [InlineData("""[{"principal":"*","prefixes":[""]}] []""", "line 1, byte 37")]
    [InlineData("""[{"principal":"*","prefixes":[""]}] // all""", "line 1, byte 37")]
    [InlineData("""[/* all */{"principal":"*","prefixes":[""]}]""", "line 1, byte 2")]
    [InlineData("""[{"principal":"*","prefixes":[""],}]""", "must be a JSON list")]
    [InlineData("[{\"principal\":\"*\",\n \"prefix\":[\"\"]}]", "line 2, byte 11")]
    public void Grants_Are_Accepted_Or_Refused_With_The_Rule(string grants, string? rule)
    {
        var read = () => new ListerEnvironment(name => name switch
        {
            ListerEnvironment.Grants => grants,
            ListerEnvironment.Bucket => "a-bucket",
            _ => null,
        }).Read().Grants;

        if (rule is null)
        {
            Assert.NotEmpty(read());
        }
        else
        {
            var refusal = Assert.Throws<InvalidConfigurationException>(() => read()).Message;
            Assert.StartsWith("S3LISTER_GRANTS", refusal, StringComparison.Ordinal);
            Assert.Contains(rule, refusal, StringComparison.Ordinal);
        }
    }

    /// <summary>The value of a template parameter may be cut off anywhere.</summary>
    [Fact]
    public void Grants_Are_Refused_With_The_Position_When_They_Are_Cut_Off()
    {
        const string Grants = """[{"claim":{"client_id":"a\u00e9\ud83d\ude00"},"prefixes":["team-a/"]},{"principal":"*","prefixes":[""]}]""";
        for (var length = 1; length < Grants.Length; length++)
        {
            Assert.Contains("see line 1, byte ", Refusal(Grants[..length]), StringComparison.Ordinal);
        }

        foreach (var nested in (string[])["[", "[{\"claim\":", "[{\"prefixes\":[", "{\"a\":"])
        {
            Assert.Contains("see line 1, byte ", Refusal(string.Concat(Enumerable.Repeat(nested, 100_000))), StringComparison.Ordinal);
        }

        static string Refusal(string grants) => Assert.Throws<InvalidConfigurationException>(() => new ListerEnvironment(
            name => name == ListerEnvironment.Grants ? grants : null).ReadUnvalidated()).Message;
    }

    private static Dictionary<string, string> Token(string claim, string value) => new() { [claim] = value };

    private static Caller Token(params (string Name, string Value)[] claims) =>
        Caller.Of(null, claims.ToDictionary(claim => claim.Name, claim => claim.Value));

    private static Grant ByClaim(params (string Name, string Value)[] claims) => ByClaim("", claims);

    private static Grant ByClaim(string prefix, params (string Name, string Value)[] claims) =>
        new([prefix]) { Claim = claims.ToDictionary(claim => claim.Name, claim => claim.Value) };

    private static APIGatewayHttpApiV2ProxyRequest Event(Dictionary<string, string> claims, string query)
    {
        var request = GatewayEvent.Get("/objects", query, headers: ("authorization", "Bearer eyJhbGciOiJSUzI1NiJ9.e30.c2ln"));
        request.RequestContext.Authorizer = new() { Jwt = new() { Claims = claims } };
        return request;
    }
}
