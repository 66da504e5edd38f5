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

        // A retry is signed with the time at which it is sent.
        config.ResignRetries = true;

        // Apart from its retries, the SDK sends a request again at once when a pooled connection turns out to be dead: up
        // to ten times. A page uses one connection. A summary uses some forty, and repeats failed requests itself.
        config.MaxStaleConnectionRetries = 1;

        return config;
    }

    /// <summary>Applies the function's settings.</summary>
    public static void Apply(AmazonS3Config config, ListerOptions options)
    {
        config.ForcePathStyle = options.ForcePathStyle;

        if (options.Endpoint is { } endpoint)
        {
            // Setting a service URL removes the region, so the region to sign for is set first.
            config.AuthenticationRegion ??= config.RegionEndpoint?.SystemName ?? Environment.GetEnvironmentVariable("AWS_REGION");
            config.ServiceURL = endpoint.AbsoluteUri;
        }
    }
}
