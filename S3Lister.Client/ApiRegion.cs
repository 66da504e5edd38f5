using Amazon;
using Amazon.Runtime;

namespace S3Lister.Client;

/// <summary>The region that requests are signed for.</summary>
public static class ApiRegion
{
    /// <returns>
    /// The region in the host name that API Gateway gives an API, such as <c>abc.execute-api.eu-west-1.amazonaws.com</c>; null for
    /// another name, such as a custom domain.
    /// </returns>
    public static string? FromHost(Uri api)
    {
        ArgumentNullException.ThrowIfNull(api);
        var labels = api.IdnHost.Split('.');
        var place = Array.IndexOf(labels, "execute-api");
        return place >= 0 && place < labels.Length - 2 ? labels[place + 1] : null;
    }

    /// <summary>The region in the host name, or else the one that the environment or the AWS profile sets.</summary>
    /// <exception cref="ArgumentException">No region is known.</exception>
    internal static RegionEndpoint Resolve(Uri api, string? region) =>
        (region ?? FromHost(api)) is { } name
            ? RegionEndpoint.GetBySystemName(name)
            : FallbackRegionFactory.GetRegionEndpoint(includeInstanceMetadata: false)
                ?? throw new ArgumentException($"The host name {api.Host} contains no region. Set the region of the API.", nameof(region));
}
