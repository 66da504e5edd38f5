using System.Net;
using Amazon.Runtime;

namespace S3Lister.Functions.Configuration;

/// <summary>
/// The SDK's HTTP client, but it reads an answer whole and up to a bound before anything is made of it. The SDK parses
/// while it reads: an answer without an end would fill the memory of the process, which would end without a word.
/// </summary>
internal sealed class BoundedHttpClientFactory : HttpClientFactory
{
    /// <summary>Bytes. A page of a thousand of S3's longest keys, percent-encoded throughout, is a quarter of it.</summary>
    public const int LargestAnswer = 16 * 1024 * 1024;

    public override HttpClient CreateHttpClient(IClientConfig clientConfig)
    {
#pragma warning disable CA2000 // The client disposes of its handlers.
        HttpClientHandler network = new()
        {
            AllowAutoRedirect = clientConfig.AllowAutoRedirect,
            AutomaticDecompression = DecompressionMethods.None,
        };
        HttpClient client = new(new BoundedHandler { InnerHandler = network });
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

    private sealed class BoundedHandler : DelegatingHandler
    {
        /// <exception cref="HttpRequestException">The answer is longer than the bound, or it breaks off.</exception>
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            try
            {
                await response.Content.LoadIntoBufferAsync(LargestAnswer, cancellationToken);
                return response;
            }
            catch
            {
                response.Dispose();
                throw;
            }
        }
    }
}
