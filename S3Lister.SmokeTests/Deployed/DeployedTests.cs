using Amazon.Runtime.Credentials;

namespace S3Lister.SmokeTests.Deployed;

/// <summary>The smoke test: a signed caller checks the API that was just deployed.</summary>
public sealed class DeployedTests : IAsyncLifetime
{
    private ApiClient? _client;
    private SmokeChecks? _checks;

    private SmokeChecks Checks
    {
        get
        {
            Assert.SkipWhen(_checks is null, DeployedApi.Unconfigured);
            return _checks;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (DeployedApi.FromEnvironment(Environment.GetEnvironmentVariable) is { } api)
        {
            using DefaultAWSCredentialsIdentityResolver resolver = new();
            var credentials = await (await resolver.ResolveIdentityAsync(null, TestContext.Current.CancellationToken)).GetCredentialsAsync();
            var token = credentials.UseToken ? credentials.Token : null;
            _client = new(api.Url, api.Region, new(credentials.AccessKey, credentials.SecretKey, token), TimeProvider.System);
            _checks = new(_client, api.Version, api.Prefix);
        }
    }

    public ValueTask DisposeAsync()
    {
        _client?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public Task Health_Has_The_Version_That_Was_Deployed() => Checks.HealthHasTheVersionAsync();

    [Fact]
    public Task Access_Covers_The_Prefix() => Checks.AccessCoversThePrefixAsync();

    [Fact]
    public Task Calls_Are_Refused_When_They_Are_Not_Signed() => Checks.OnlySignedCallsAreAcceptedAsync();

    [Fact]
    public async Task Listing_Is_Complete_When_It_Is_Read_In_Pages() =>
        Assert.SkipUnless(await Checks.ListingIsWholeAsync(), "The bucket has fewer than two objects.");

    [Fact]
    public Task Formats_Have_The_Same_Entries() => Checks.FormatsAgreeAsync();

    [Fact]
    public Task Wrong_Parameter_Is_A_Problem_With_Its_Name() => Checks.MistakesAreNamedAsync();

    [Fact]
    public Task Pages_Are_Not_Sent_Again_When_They_Have_Not_Changed() => Checks.UnchangedPagesAreNotSentAgainAsync();
}
