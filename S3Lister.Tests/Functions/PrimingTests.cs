using Amazon.Runtime;
using S3Lister.Functions;
using S3Lister.Functions.Configuration;
using S3Lister.Functions.Health;
using S3Lister.Functions.Objects;
using S3Lister.Functions.Summary;
using S3Lister.Listing.S3;
using S3Lister.Listing.S3.Client;

namespace S3Lister.Tests.Functions;

public sealed class PrimingTests
{
    [Theory]
    [InlineData("ListObjects", "")]
    [InlineData("Summary", "")]
    [InlineData("Health", "")]
    [InlineData(null, "")]
    [InlineData("ListObjects", "123456789012")]
    public void Requests_Succeed_Without_A_Request_To_S3(string? handler, string owner)
    {
        S3Connector connector = new(TimeProvider.System);
        using var client = Client(connector, "http://127.0.0.1:1");
        S3PageReader reader = new(client, new ListedBucket("a-bucket", owner.Length == 0 ? null : owner), TimeProvider.System);
        Priming priming = new(connector, new BucketLister(reader, 1000), new Summarizer(reader, 10, TimeProvider.System), new HealthCheck(reader));

        Assert.True(priming.Run(handler, () => client.Server("a-bucket")));
        Assert.Null(connector.Canned);
    }

    [Fact]
    public void Failure_Does_Not_Fail_Initialization()
    {
        S3Connector connector = new(TimeProvider.System);
        using var client = Client(connector, "http://127.0.0.1:1");
        S3PageReader reader = new(client, new ListedBucket("a-bucket"), TimeProvider.System);
        Priming priming = new(connector, new BucketLister(reader, 1000), new Summarizer(reader, 10, TimeProvider.System), new HealthCheck(reader));

        Assert.False(priming.Run("ListObjects", () => throw new AmazonClientException("No server.")));
        Assert.Null(connector.Canned);
    }

    [Fact]
    public async Task First_Request_Goes_To_S3_And_Is_Logged_As_The_First()
    {
        await using var bucket = await TestBucket.StartAsync("a", "b");
        await using ComposedApi api = new(
            bucket.Server.Endpoint, TestBucket.Name,
            settings: [(ListerEnvironment.Priming, "true"), (ListerEnvironment.Grants, """[{"principal":"*","prefixes":[""]}]""")]);
        Assert.Equal(0, bucket.Server.Requests.Total);
        FunctionContext context = new();

        var response = await api.GetObjectsAsync(context: context);

        Assert.Equal(200, response.Status);
        Assert.Equal(2, response.Json.GetProperty("keyCount").GetInt32());
        Assert.Equal(1, bucket.Server.Requests.Total);
        Assert.Contains(true, Assert.Single(context.Log.Lines).Arguments);
    }

    private static ListingClient Client(S3Connector connector, string endpoint)
    {
        var config = ListingClient.CreateConfig();
        S3ClientSettings.Apply(config, new ListerOptions { Endpoint = new Uri(endpoint), ForcePathStyle = true }, connector);
        return new ListingClient(new BasicAWSCredentials("AKIDEXAMPLE", "example"), config);
    }
}
