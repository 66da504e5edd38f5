using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Signing;

namespace S3Lister.Page;

/// <summary>Makes the handler that signs the page's requests.</summary>
internal static class SignedRequests
{
    /// <param name="credentials">Whose requests they are.</param>
    /// <param name="region">The region that they are signed for.</param>
    public static HttpMessageHandler For(AWSCredentials credentials, string region) =>
#pragma warning disable CA2000 // The signing handler disposes of it.
        new SigV4SigningHandler(
            credentials,
            RegionEndpoint.GetBySystemName(region),
            "execute-api",
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(10),
                // So that changes in DNS are noticed.
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            });
#pragma warning restore CA2000
}
