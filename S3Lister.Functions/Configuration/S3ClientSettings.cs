using Amazon.S3;
using S3Lister.Listing.S3.Client;

namespace S3Lister.Functions.Configuration;

/// <summary>The settings of the S3 client that differ from the SDK's defaults.</summary>
internal static class S3ClientSettings
{
    /// <summary>Applies the function's settings.</summary>
    public static void Apply(AmazonS3Config config, ListerOptions options, S3Connector connector)
    {
        config.HttpClientFactory = new ListingHttpClientFactory(connector);
        config.ForcePathStyle = options.ForcePathStyle;

        if (options.Endpoint is { } endpoint)
        {
            // Setting a service URL removes the region, so the region to sign for is set first.
            config.AuthenticationRegion ??= config.RegionEndpoint?.SystemName ?? Environment.GetEnvironmentVariable("AWS_REGION");
            config.ServiceURL = endpoint.AbsoluteUri;
        }
    }
}
