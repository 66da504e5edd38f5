using Amazon.S3;
using S3Lister.Functions.Configuration;

namespace S3Lister.Functions.S3;

/// <summary>What the S3 client must know that the SDK does not find by itself.</summary>
internal static class S3ClientSettings
{
    public static AmazonS3Config Create(ListerOptions options)
    {
        AmazonS3Config config = new() { ForcePathStyle = options.ForcePathStyle, HttpClientFactory = new ListingHttpClientFactory() };

        config.EndpointProvider = new RememberedEndpoint(config.EndpointProvider);

        // A retry has a time of its own.
        config.ResignRetries = true;

        // Beside its retries the SDK asks again at once, ten times, where a connection breaks: the pool may hold dead
        // ones. A page uses one connection. A summary uses some forty, and asks again itself for what failed.
        config.MaxStaleConnectionRetries = 1;

        if (options.Endpoint is { } endpoint)
        {
            // A service URL takes the region's place, so the region to sign for must be kept.
            var region = config.RegionEndpoint?.SystemName ?? Environment.GetEnvironmentVariable("AWS_REGION");
            config.ServiceURL = endpoint.AbsoluteUri;
            config.AuthenticationRegion = region;
        }

        return config;
    }
}
