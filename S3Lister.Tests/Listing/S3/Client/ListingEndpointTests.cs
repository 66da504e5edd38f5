using Amazon.Runtime;
using S3Lister.Listing.S3.Client;

namespace S3Lister.Tests.Listing.S3.Client;

/// <summary>The endpoint and the signing scope of a LIST, by the rules of the SDK but without its S3 client.</summary>
public sealed class ListingEndpointTests
{
    [Theory]
    [InlineData("eu-central-1", "sample-bucket", false, false, "https://sample-bucket.s3.eu-central-1.amazonaws.com/?")]
    [InlineData("us-east-1", "sample-bucket", false, false, "https://sample-bucket.s3.us-east-1.amazonaws.com/?")]
    [InlineData("eu-central-1", "sample.bucket", false, false, "https://s3.eu-central-1.amazonaws.com/sample.bucket")]
    [InlineData("us-gov-west-1", "sample-bucket", true, false, "https://sample-bucket.s3-fips.us-gov-west-1.amazonaws.com/?")]
    [InlineData("us-west-2", "sample-bucket", false, true, "https://sample-bucket.s3.dualstack.us-west-2.amazonaws.com/?")]
    [InlineData("cn-north-1", "sample-bucket", false, false, "https://sample-bucket.s3.cn-north-1.amazonaws.com.cn/?")]
    [InlineData("eusc-de-east-1", "sample-bucket", false, false, "https://sample-bucket.s3.eusc-de-east-1.amazonaws.eu/?")]
    public async Task Address_And_Signing_Scope_Are_Those_Of_The_Region(string region, string bucket, bool fips, bool dualStack, string address)
    {
        using RecordingNetwork network = new();
        var config = ListingClient.CreateConfig();
        config.RegionEndpoint = Amazon.RegionEndpoint.GetBySystemName(region);
        config.UseFIPSEndpoint = fips;
        config.UseDualstackEndpoint = dualStack;
        config.HttpClientFactory = network;
        using ListingClient client = new(new SessionAWSCredentials("AKIDEXAMPLE", "secret", "token"), config);

        var response = await ((IListObjectsV2)client).ListObjectsV2Async(new() { BucketName = bucket }, TestContext.Current.CancellationToken);
        response.Body.Dispose();

        Assert.StartsWith(address, network.Address, StringComparison.Ordinal);
        Assert.Contains($"/{region}/s3/aws4_request", network.Authorization, StringComparison.Ordinal);
        Assert.Contains("x-amz-security-token", network.Authorization, StringComparison.Ordinal);
    }

    private sealed class RecordingNetwork : HttpClientFactory, IDisposable
    {
        private readonly Recorder _recorder = new();

        public string Address => _recorder.Address;

        public string Authorization => _recorder.Authorization;

        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(_recorder, disposeHandler: false);

        public void Dispose() => _recorder.Dispose();
    }

    private sealed class Recorder : HttpMessageHandler
    {
        public string Address { get; private set; } = "";

        public string Authorization { get; private set; } = "";

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Address = request.RequestUri!.AbsoluteUri;
            Authorization = string.Join(' ', request.Headers.GetValues("Authorization"));
            return Task.FromResult(new HttpResponseMessage { Content = new StringContent("") });
        }
    }
}
