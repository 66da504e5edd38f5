using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Signing;

namespace S3Lister.OpenApi;

/// <summary>The API of the variables API, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, with signed requests.</summary>
internal sealed class SignedApi : IDisposable
{
    public Uri Address { get; } = new(Environment.GetEnvironmentVariable("API")!);

    public HttpClient Http { get; } = new(new SigV4SigningHandler(
        new EnvironmentVariablesAWSCredentials(), RegionEndpoint.USEast1, "execute-api", new SocketsHttpHandler { AllowAutoRedirect = false }));

    public void Dispose() => Http.Dispose();
}
