using S3Lister.Functions.Pipeline;

namespace S3Lister.Tests.Contract;

/// <summary>
/// Each row of the table of errors in <c>docs/api.md</c>, through the generated handler. The end-to-end tests cover API
/// Gateway's own responses, and <see cref="Listing.S3.ListingValidatorTests"/> the 500.
/// </summary>
public sealed class ErrorTableTests(GeneratedApi api) : IClassFixture<GeneratedApi>
{
    [Theory]
    [InlineData("max-keys=none")]
    [InlineData("Prefix=a")]
    [InlineData("list-type=2")]
    [InlineData("prefix=a&prefix=b")]
    [InlineData("start-after=a&continuation-token=a")]
    [InlineData("%22%3Cscript%3E=1")]
    public async Task Response_Is_400_InvalidParameter(string query)
    {
        var response = await api.ListAsync(query);

        Assert.Equal((400, "InvalidParameter"), (response.Problem.Status, response.Problem.Code));
        Assert.DoesNotContain("script", response.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("prefix=many%2F")]
    [InlineData("delimiter=%2F")]
    [InlineData("include=%2A%2A")]
    [InlineData("min-size=0")]
    public async Task Response_Is_400_InvalidContinuationToken_When_It_Is_From_Another_Query(string query)
    {
        var first = await api.ListAsync("max-keys=1");

        Assert.Equal((400, "InvalidContinuationToken", "continuation-token"), (await api.ListAsync($"{query}&continuation-token={first.NextToken}")).Problem);
    }

    [Fact]
    public async Task Response_Is_400_InvalidContinuationToken_When_It_Is_Malformed()
    {
        var token = (await api.ListAsync("max-keys=1")).NextToken!;
        string[] mangled =
        [
            "", "a", "%00", token[..^1], token[1..], $"{token}A", $"{token}%3D", token.ToUpperInvariant(), $"B{token[1..]}",
            new string('A', 9000), .. Enumerable.Range(0, token.Length).Where(i => i % 9 == 0).Select(i => $"{token[..i]}{(token[i] == 'A' ? 'B' : 'A')}{token[(i + 1)..]}"),
        ];

        foreach (var other in mangled)
        {
            Assert.Equal((400, "InvalidContinuationToken", "continuation-token"), (await api.ListAsync($"continuation-token={other}")).Problem);
        }
    }

    [Fact]
    public async Task Response_Is_403_PrefixNotAllowed_On_Every_Page()
    {
        var mine = await api.ListAsync("prefix=team-a%2F", GeneratedApi.TeamRole);
        var first = await api.ListAsync("max-keys=1&prefix=team-");

        Assert.Equal(["team-a/x"], mine.Keys);
        foreach (var query in (string[])
            ["", "prefix=team-a", "prefix=team-b%2F", "prefix=TEAM-A%2F", "prefix=%2Fteam-a%2F", $"prefix=team-&continuation-token={first.NextToken}"])
        {
            Assert.Equal((403, "PrefixNotAllowed", null), (await api.ListAsync(query, GeneratedApi.TeamRole)).Problem);
        }

        Assert.Equal((403, "PrefixNotAllowed", null), (await api.ListAsync("", "arn:aws:iam::123456789012:user/nobody")).Problem);
    }

    [Fact]
    public async Task Response_Is_200_When_Nothing_Is_Under_The_Prefix()
    {
        var response = await api.ListAsync("prefix=nothing-here");

        Assert.Equal((200, 0, false), (response.Status, response.Keys.Length, response.Json.GetProperty("isTruncated").GetBoolean()));
    }

    [Fact]
    public async Task Response_Is_406_NotAcceptable() =>
        Assert.Equal((406, "NotAcceptable", null), (await api.ListAsync(headers: ("accept", "text/html, application/xml"))).Problem);

    [Fact]
    public async Task Response_Is_502_UpstreamFailure_When_S3_Denies_The_Functions_Role()
    {
        api.IsDenied = true;
        var response = await api.ListAsync();
        var health = await api.HealthAsync();
        api.IsDenied = false;

        Assert.Equal((502, "UpstreamFailure", null), response.Problem);
        Assert.False(response.Headers.ContainsKey("retry-after"));
        Assert.Equal((503, "AccessDenied"), (health.Status, health.Json.GetProperty("cause").GetString()));
    }

    [Fact]
    public async Task Response_Is_503_SlowDown_When_S3_Throttles_After_Retries()
    {
        api.Weather.ThrottledShare = 1;
        var response = await api.ListAsync();
        api.Weather.ThrottledShare = 0;

        Assert.Equal((503, "SlowDown", null), response.Problem);
        Assert.Equal("2", response.Headers["retry-after"]);
    }

    [Fact]
    public async Task Response_Is_503_UpstreamUnavailable_When_S3_Fails_After_Retries()
    {
        api.IsFailing = true;
        var response = await api.ListAsync();
        var health = await api.HealthAsync();
        api.IsFailing = false;

        Assert.Equal((503, "UpstreamUnavailable", null), response.Problem);
        Assert.Equal("2", response.Headers["retry-after"]);
        Assert.Equal((503, "ServerError"), (health.Status, health.Json.GetProperty("cause").GetString()));
    }

    [Fact]
    public async Task Response_Is_504_DeadlineExceeded()
    {
        api.Weather.Latency = TimeSpan.FromMinutes(1);
        var response = await api.ListAsync(context: new FunctionContext { RemainingTime = Deadline.TimeToRespond + TimeSpan.FromMilliseconds(100) });
        api.Weather.Latency = TimeSpan.Zero;

        Assert.Equal((504, "DeadlineExceeded", null), response.Problem);
    }

    [Fact]
    public void Each_Error_Of_The_Documentation_Has_A_Test()
    {
        var names = typeof(ErrorTableTests).GetMethods().Select(method => method.Name).ToList();
        foreach (var row in Table.Read("docs/api.md", "what happened").Where(row => !row[1].Contains("API Gateway's own", StringComparison.Ordinal)))
        {
            var status = row[1].Trim('*')[..3];
            var name = Table.Code(row[1]) is [var code, ..] ? $"Response_Is_{status}_{code}" : $"Response_Is_{status}";
            Assert.True(status == "500" || names.Exists(test => test.StartsWith(name, StringComparison.Ordinal)), $"No test {name}: {row[0]}");
        }
    }
}
