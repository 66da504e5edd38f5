using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using S3Lister.Local;
using S3Lister.SmokeTests.Deployed;
using Xunit.Sdk;

namespace S3Lister.SmokeTests.Gateways;

/// <summary>The smoke test passes on the local API, and fails for each fault that it must find.</summary>
public sealed partial class BadGatewayTests(LocalApi local) : IClassFixture<LocalApi>
{
    private static readonly Func<string, string> AsItIs = static body => body;

    [Fact]
    public async Task Smoke_Test_Passes_On_A_Correct_Gateway() => Assert.Empty(await FailuresAsync(new(AsItIs)));

    [Fact]
    public async Task Smoke_Test_Fails_When_Another_Version_Is_Live() =>
        Assert.Equal(
            [nameof(SmokeChecks.HealthHasTheVersionAsync)],
            await FailuresAsync(new(body => body.Replace($"\"version\":\"{local.Version}", "\"version\":\"0.0.1", StringComparison.Ordinal))));

    [Fact]
    public async Task Smoke_Test_Fails_When_The_Prefix_Is_Not_In_The_Access_Of_Its_Caller() =>
        Assert.Equal(
            [nameof(SmokeChecks.AccessCoversThePrefixAsync)],
            await FailuresAsync(new(body => body.Replace("\"prefixes\":[\"\"]", "\"prefixes\":[\"other/\"]", StringComparison.Ordinal))));

    [Fact]
    public async Task Smoke_Test_Fails_When_Unsigned_Calls_Are_Accepted() =>
        Assert.Equal([nameof(SmokeChecks.OnlySignedCallsAreAcceptedAsync)], await FailuresAsync(new(AsItIs, AcceptsUnsignedCalls: true)));

    [Fact]
    public async Task Smoke_Test_Fails_When_A_Listing_Is_Cut() =>
        Assert.Equal([nameof(SmokeChecks.ListingIsWholeAsync)], await FailuresAsync(new(Cut)));

    [Fact]
    public async Task Smoke_Test_Fails_When_The_Api_Fails()
    {
        var failures = await FailuresAsync(new(AsItIs, Status: HttpStatusCode.ServiceUnavailable));

        Assert.Equal(
            [
                nameof(SmokeChecks.FormatsAgreeAsync), nameof(SmokeChecks.ListingIsWholeAsync),
                nameof(SmokeChecks.MistakesAreNamedAsync), nameof(SmokeChecks.OnlySignedCallsAreAcceptedAsync),
                nameof(SmokeChecks.UnchangedPagesAreNotSentAgainAsync),
            ],
            failures);
    }

    [Fact]
    public async Task Smoke_Test_Passes_When_Its_Caller_Can_Only_List_Its_Prefix() =>
        Assert.Empty(await FailuresAsync(new(AsItIs, OnlyBelow: "odd/"), "odd/"));

    [Fact]
    public async Task Smoke_Test_Fails_When_Its_Caller_Can_Only_List_Another_Prefix() =>
        Assert.Contains(nameof(SmokeChecks.ListingIsWholeAsync), await FailuresAsync(new(AsItIs, OnlyBelow: "other/"), "odd/"));

    [Fact]
    public void Smoke_Test_Runs_Each_Check()
    {
        var tests = typeof(DeployedTests).GetMethods().Count(method => method.GetCustomAttribute<FactAttribute>() is not null);

        Assert.Equal(Checks.Count(), tests);
    }

    /// <summary>Makes a truncated page look like the last one.</summary>
    private static string Cut(string body) =>
        Token().Replace(body.Replace("\"isTruncated\":true", "\"isTruncated\":false", StringComparison.Ordinal), "\"nextContinuationToken\":null");

    private static IEnumerable<MethodInfo> Checks =>
        typeof(SmokeChecks).GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
            .OrderBy(method => method.Name, StringComparer.Ordinal);

    private async Task<List<string>> FailuresAsync(GatewayFault fault, string prefix = "")
    {
        await using var gateway = await Gateway.StartAsync(local.Api, fault);
        var user = LocalIdentities.User;
        using ApiClient client = new(gateway.Url, local.Api.Options.Region, new(user.AccessKeyId, user.SecretAccessKey, null), TimeProvider.System);
        SmokeChecks checks = new(client, local.Version, prefix);
        List<string> failures = [];
        foreach (var check in Checks)
        {
            try
            {
                await (Task)check.Invoke(checks, [])!;
            }
            catch (XunitException)
            {
                failures.Add(check.Name);
            }
        }

        return failures;
    }

    [GeneratedRegex("""
        "nextContinuationToken":"[^"]*"
        """)]
    private static partial Regex Token();
}
