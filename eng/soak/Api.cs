using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Text.Json;
using S3Lister.Local.SigV4;
using S3Lister.Testing;

namespace S3Lister.Soak;

/// <summary>Makes signed calls and measures them.</summary>
internal sealed class Api(string url, Figures figures) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(40) };

    /// <summary>Calls, and reads the page.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Page)> GetAsync(Identity identity, string query, bool compressed)
    {
        var started = Stopwatch.GetTimestamp();
        using HttpRequestMessage request = new(HttpMethod.Get, $"{url}/objects?{query}");
        TestSigner signer = new() { Identity = identity, Token = identity.SessionToken, SignedAt = TimeProvider.System.GetUtcNow() };
        foreach (var (name, value) in signer.Sign($"/objects?{query}").Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (compressed)
        {
            request.Headers.TryAddWithoutValidation("accept-encoding", "br");
        }

        using var response = await _http.SendAsync(request);
        var body = await response.Content.ReadAsByteArrayAsync();
        figures.Add(Stopwatch.GetElapsedTime(started), body.Length);
        if (response.Content.Headers.ContentEncoding.Contains("br"))
        {
            await using BrotliStream decoded = new(new MemoryStream(body), CompressionMode.Decompress);
            using var document = await JsonDocument.ParseAsync(decoded);
            return (response.StatusCode, document.RootElement.Clone());
        }

        return (response.StatusCode, JsonElement.Parse(body));
    }

    public void Dispose() => _http.Dispose();
}
