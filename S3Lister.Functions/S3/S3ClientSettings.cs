using Amazon.S3;
using S3Lister.Functions.Configuration;

namespace S3Lister.Functions.S3;

/// <summary>The settings of the S3 client that differ from the SDK's own.</summary>
internal static class S3ClientSettings
{
    /// <summary>What every <see cref="ListingClient"/> needs.</summary>
    public static AmazonS3Config CreateDefault()
    {
        AmazonS3Config config = new() { HttpClientFactory = new ListingHttpClientFactory() };

        config.EndpointProvider = new RememberedEndpoint(config.EndpointProvider);

        // A retry has a time of its own.
        config.ResignRetries = true;

        // Beside its retries the SDK asks again at once, ten times, where a connection breaks: the pool may hold dead
        // ones. A page uses one connection. A summary uses some forty, and asks again itself for what failed.
        config.MaxStaleConnectionRetries = 1;

        return config;
    }

    /// <summary>Applies the function's settings.</summary>
    public static void Apply(AmazonS3Config config, ListerOptions options)
    {
        config.ForcePathStyle = options.ForcePathStyle;

        if (options.Endpoint is { } endpoint)
        {
            // A service URL takes the region's place, so the region to sign for is kept.
            config.AuthenticationRegion ??= config.RegionEndpoint?.SystemName ?? Environment.GetEnvironmentVariable("AWS_REGION");
            config.ServiceURL = endpoint.AbsoluteUri;
        }
    }
}
