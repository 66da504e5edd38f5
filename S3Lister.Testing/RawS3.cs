using System.Net;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace S3Lister.Testing;

/// <summary>
/// Talks to an S3 in plain HTTP, unsigned, and reads its XML with references to any character: the response itself,
/// not what a client makes of it.
/// </summary>
internal sealed class RawS3(Uri endpoint) : IDisposable
{
    private static readonly XmlReaderSettings AnyCharacter = new() { CheckCharacters = false };

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        BaseAddress = endpoint,
    };

    public Task<RawResponse> GetAsync(string pathAndQuery, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, pathAndQuery, (byte[]?)null, headers);

    public Task<RawResponse> SendAsync(
        HttpMethod method, string pathAndQuery, string body, params (string Name, string Value)[] headers) =>
        SendAsync(method, pathAndQuery, Encoding.UTF8.GetBytes(body), headers);

    public async Task<RawResponse> SendAsync(
        HttpMethod method,
        string pathAndQuery,
        byte[]? body = null,
        params (string Name, string Value)[] headers)
    {
        using var content = body is null ? null : new ByteArrayContent(body);
        using var request = new HttpRequestMessage(method, Target(pathAndQuery)) { Content = content };
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                content!.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var all = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase);
        return new RawResponse(response.StatusCode, all, bytes);
    }

    public async Task<S3Listing> ListAsync(string bucket, ListingQuery query)
    {
        var response = await GetAsync($"/{bucket}?{query.ToQueryString()}");
        Assert.True(response.Status == HttpStatusCode.OK, Encoding.UTF8.GetString(response.Body));
        return S3Listing.Parse(response.Xml());
    }

    public void Dispose() => _http.Dispose();

    // Without this, Uri would resolve dots and decode what need not be encoded.
    private Uri Target(string pathAndQuery) => new(
        $"http://{endpoint.Authority}{pathAndQuery}",
        new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    internal sealed record RawResponse(
        HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
    {
        public string Text => Encoding.UTF8.GetString(Body);

        public XElement Xml()
        {
            // Only a reference gets such characters past the reader unchanged; moto writes most of them as they are.
            var text = string.Concat(Text.Select(character =>
                character is (< ' ' and not '\n') or '\uFFFE' or '\uFFFF' ? $"&#x{(int)character:x};" : $"{character}"));
            using var reader = XmlReader.Create(new StringReader(text), AnyCharacter);
            return XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root!;
        }

        /// <summary>The text of an element of the root, or null.</summary>
        public string? this[string name] =>
            Xml().Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value;
    }
}
