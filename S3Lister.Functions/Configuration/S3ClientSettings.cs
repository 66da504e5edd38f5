using Amazon.S3;
using S3Lister.Listing.S3.Client;

namespace S3Lister.Functions.Configuration;

/// <summary>The settings of the S3 client that differ from the SDK's defaults.</summary>
internal static class S3ClientSettings
{
    /// <summary>The first parts of the names of the regions outside the partition "aws".</summary>
    private static readonly string[] OtherPartitions = ["cn-", "us-gov-", "us-iso", "eu-iso", "eusc-"];

    /// <summary>Applies the function's settings.</summary>
    /// <exception cref="InvalidConfigurationException">The SDK doesn't know the region.</exception>
    public static void Apply(AmazonS3Config config, ListerOptions options, S3Connector connector)
    {
        config.HttpClientFactory = new ListingHttpClientFactory(connector);
        config.ForcePathStyle = options.ForcePathStyle;
        if (TrustedRoots.File(options, config.RegionEndpoint?.PartitionName) is { } file)
        {
            TrustedRoots.Use(file);
        }

        if (options.Endpoint is { } endpoint)
        {
            // Setting a service URL removes the region, so the region to sign for is set first.
            config.AuthenticationRegion ??= config.RegionEndpoint?.SystemName ?? Environment.GetEnvironmentVariable("AWS_REGION");
            config.ServiceURL = endpoint.AbsoluteUri;
        }
        else if (config.RegionEndpoint is { } region)
        {
            RequirePartition(region.SystemName, region.PartitionName);
        }
    }

    /// <summary>
    /// The native binary has no regular expressions to find the partition of a region that is newer than the SDK (see
    /// Trimming.xml), and finds "aws". That would be the wrong endpoint for a region of another partition.
    /// </summary>
    /// <exception cref="InvalidConfigurationException">The region is in another partition.</exception>
    public static void RequirePartition(string region, string partition)
    {
        if (partition == "aws" && OtherPartitions.Any(start => region.StartsWith(start, StringComparison.Ordinal)))
        {
            throw new InvalidConfigurationException(
                $"AWS_REGION is {region}, which is newer than this version of S3Lister; use a newer version, or set {ListerEnvironment.Endpoint}");
        }
    }
}
