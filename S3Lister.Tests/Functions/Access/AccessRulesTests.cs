using S3Lister.Functions.Access;

namespace S3Lister.Tests.Functions.Access;

public sealed class AccessRulesTests
{
    private const string Account = "123456789012";

    [Theory]
    [InlineData("arn:aws:iam::123456789012:user/alice", "arn:aws:iam::123456789012:user/alice")]
    [InlineData("arn:aws:iam::123456789012:user/division/team/alice", "arn:aws:iam::123456789012:user/division/team/alice")]
    [InlineData("arn:aws:sts::123456789012:assumed-role/team-a/alice@example.com", "arn:aws:iam::123456789012:role/team-a")]
    [InlineData("arn:aws-us-gov:sts::123456789012:assumed-role/team-a/i-0123", "arn:aws-us-gov:iam::123456789012:role/team-a")]
    [InlineData("arn:aws:iam::123456789012:root", "arn:aws:iam::123456789012:root")]
    [InlineData("arn:aws:sts::123456789012:federated-user/bob", "arn:aws:sts::123456789012:federated-user/bob")]
    public void Caller_Is_The_Principal_And_Not_The_Session(string userArn, string principal) =>
        Assert.Equal(principal, Caller.Of(userArn, null).Principal);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Caller_Is_Null_When_Iam_Did_Not_Authorize(string? userArn)
    {
        var caller = Caller.Of(userArn, null);

        Assert.Null(caller.Principal);
        Assert.Null(caller.Name);
        Assert.Throws<PrefixNotAllowedException>(() => Rules(new Grant("*", [""])).Require(caller, "a/"));
    }

    [Theory]
    [InlineData("*", "anything", true)]
    [InlineData("*", "", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("arn:aws:iam::1:role/team-*", "arn:aws:iam::1:role/team-a", true)]
    [InlineData("arn:aws:iam::1:role/team-*", "arn:aws:iam::1:role/team-", true)]
    [InlineData("arn:aws:iam::1:role/team-*", "arn:aws:iam::1:role/Team-a", false)]
    [InlineData("arn:aws:iam::*:role/a", "arn:aws:iam::1:role/a", true)]
    [InlineData("arn:aws:iam::*:role/a", "arn:aws:iam::1:role/ab", false)]
    [InlineData("*a*b*c", "xxaxxbxxbxc", true)]
    [InlineData("*a*b*c", "xxaxxbxxbxcd", false)]
    [InlineData("a**", "a", true)]
    [InlineData("a", "a*", false)]
    public void Pattern_Matches_The_Whole_Arn(string pattern, string principal, bool matches) =>
        Assert.Equal(matches, PrincipalPattern.Matches(pattern, principal));

    [Fact]
    public void Match_Is_Fast_When_The_Pattern_Is_Hostile() =>
        Assert.False(PrincipalPattern.Matches(string.Concat(Enumerable.Repeat("a*", 2000)) + "b", new string('a', 4000)));

    [Theory]
    [InlineData("team-a/", true)]
    [InlineData("team-a/2026/", true)]
    [InlineData("team-a/2026/jan", true)]
    [InlineData("team-a", false)]
    [InlineData("team-ab/", false)]
    [InlineData("team-b/", false)]
    [InlineData("", false)]
    [InlineData("TEAM-A/", false)]
    public void Grant_Covers_Everything_Under_Its_Prefix(string prefix, bool allowed)
    {
        var rules = Rules(new Grant($"arn:aws:iam::{Account}:role/team-a", ["team-a/", "shared/"]));
        var require = () => rules.Require(Caller.Of($"arn:aws:sts::{Account}:assumed-role/team-a/session", null), prefix);

        if (allowed)
        {
            require();
        }
        else
        {
            Assert.Throws<PrefixNotAllowedException>(require);
        }
    }

    [Fact]
    public async Task Caller_Is_Refused_On_Every_Page_When_The_Token_Was_Made_For_Another_Caller()
    {
        S3Double s3 = new(options => options with
        {
            Grants =
            [
                new($"arn:aws:iam::{Account}:user/all", [""]),
                new($"arn:aws:iam::{Account}:role/team-a", ["team-a/"]),
            ],
        });
        s3.Responds(["team-b/1"], "next");
        var first = await s3.GetObjectsAsync(GatewayEvent.Get("/objects", "max-keys=1&prefix=team-b%2F", $"arn:aws:iam::{Account}:user/all"));
        var token = first.NextToken;

        var stolen = await s3.GetObjectsAsync(GatewayEvent.Get(
            "/objects", $"continuation-token={token}&max-keys=1&prefix=team-b%2F", $"arn:aws:sts::{Account}:assumed-role/team-a/all"));

        Assert.Equal(200, first.Status);
        Assert.Equal(403, stolen.Status);
        Assert.Equal("PrefixNotAllowed", stolen.Code);
        Assert.Single(s3.Requests);
    }

    private static AccessRules Rules(params Grant[] grants) => new(grants);
}
