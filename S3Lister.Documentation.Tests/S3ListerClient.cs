using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Signing;

namespace S3Lister.Documentation.Tests;

internal sealed class S3ListerClient(Uri api, string region, AWSCredentials credentials) : IDisposable
{
    private readonly HttpClient _http = new(new SigV4SigningHandler(
        credentials, RegionEndpoint.GetBySystemName(region), "execute-api", new SocketsHttpHandler { AllowAutoRedirect = false }))
    {
        BaseAddress = api,
    };

    public async IAsyncEnumerable<string> ListKeysAsync(
        string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? token = null;
        do
        {
            var query = $"max-keys=100&prefix={Uri.EscapeDataString(prefix)}";
            var page = await _http.GetFromJsonAsync<JsonElement>(
                token is null ? $"/objects?{query}" : $"/objects?continuation-token={token}&{query}", cancellationToken);
            foreach (var entry in page.GetProperty("contents").EnumerateArray())
            {
                yield return entry.GetProperty("key").GetString()!;
            }

            token = page.GetProperty("nextContinuationToken").GetString();
        }
        while (token is not null);
    }

    public void Dispose() => _http.Dispose();
}
