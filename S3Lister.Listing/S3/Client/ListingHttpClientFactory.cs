using Amazon.Runtime;

namespace S3Lister.Listing.S3.Client;

/// <summary>Creates the SDK's HTTP client with a <see cref="BufferingHandler"/>.</summary>
internal sealed class ListingHttpClientFactory : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig)
    {
#pragma warning disable CA2000 // The client disposes of its handlers.
        SocketsHttpHandler network = new()
        {
            AllowAutoRedirect = clientConfig.AllowAutoRedirect,
            UseCookies = false,
        };
        HttpClient client = new(new BufferingHandler(network));
#pragma warning restore CA2000
        if (clientConfig.GetWebProxy() is { } proxy)
        {
            network.Proxy = proxy;
        }

        if (clientConfig.Timeout is { } timeout)
        {
            client.Timeout = timeout;
        }

        return client;
    }
}
