using Amazon.Runtime;

namespace S3Lister.Listing.S3.Client;

/// <summary>Creates the SDK's HTTP client with a <see cref="BufferingHandler"/>.</summary>
/// <param name="connector">Opens the connections.</param>
internal sealed class ListingHttpClientFactory(S3Connector connector) : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig)
    {
#pragma warning disable CA2000 // The client disposes of its handlers.
        SocketsHttpHandler network = new()
        {
            AllowAutoRedirect = clientConfig.AllowAutoRedirect,
            UseCookies = false,
            ConnectCallback = connector.ConnectAsync,
        };
        HttpClient client = new(new BufferingHandler(new PrimingHandler(network, connector)));
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
