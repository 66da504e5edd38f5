using System.Globalization;
using System.Net;
using S3Lister.Local.SigV4;

namespace S3Lister.SmokeTests;

/// <summary>Calls the API as its callers do: each request signed with Signature Version 4 for execute-api.</summary>
internal sealed class ApiClient(Uri url, string region, Caller caller, TimeProvider time) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = !url.IsLoopback, AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(35), // the limit of the API is 30
    };

    public Task<ApiResponse> GetAsync(string path, params (string Name, string Value)[] query) => SendAsync(path, query, caller, []);

    public Task<ApiResponse> GetAsync(string path, (string Name, string Value)[] query, (string Name, string Value)[] headers) =>
        SendAsync(path, query, caller, headers);

    public Task<ApiResponse> GetUnsignedAsync(string path) => SendAsync(path, [], null, []);

    /// <summary>Signs with the right access key and another secret.</summary>
    public Task<ApiResponse> GetForgedAsync(string path) =>
        SendAsync(path, [], caller with { SecretAccessKey = new string('x', caller.SecretAccessKey.Length) }, []);

    public void Dispose() => _http.Dispose();

    private async Task<ApiResponse> SendAsync(
        string path, (string Name, string Value)[] query, Caller? signer, (string Name, string Value)[] headers)
    {
        var target = Target(path, query);
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(url, target));
        foreach (var (name, value) in headers.Concat(signer is null ? [] : Sign(target, signer)))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.False(
            response.StatusCode >= HttpStatusCode.InternalServerError,
            $"GET {target} returned {(int)response.StatusCode}: {body}");
        return new(target, response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Headers.ETag?.ToString(), body);
    }

    /// <summary>Sorted and encoded as the signature requires, so that the signed query is the one that is sent.</summary>
    private static string Target(string path, (string Name, string Value)[] query) => query.Length == 0
        ? path
        : $"{path}?{string.Join('&', query.OrderBy(pair => pair.Name, StringComparer.Ordinal).Select(pair => $"{pair.Name}={UriEncoding.Encode(pair.Value)}"))}";

    private IEnumerable<(string Name, string Value)> Sign(string target, Caller signer)
    {
        var date = time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        List<KeyValuePair<string, string>> headers = [new("Host", url.Authority), new("X-Amz-Date", date)];
        if (signer.SessionToken is { } token)
        {
            headers.Add(new("X-Amz-Security-Token", token));
        }

        var names = headers.Select(header => header.Key.ToLowerInvariant()).ToArray();
        CredentialScope scope = new(signer.AccessKeyId, date[..8], region, "execute-api", "aws4_request");
        var canonical = CanonicalRequest.Build(new("GET", target, headers, Array.Empty<byte>()), names, Signature.HashHex([]), isS3: false);
        var signature = Signature.Compute(signer.SecretAccessKey, scope, date, canonical);
        return headers.Skip(1).Select(header => (header.Key, header.Value)).Append((
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential={signer.AccessKeyId}/{scope}, SignedHeaders={string.Join(';', names)}, Signature={signature}"));
    }
}

/// <summary>The parts of credentials that signing needs.</summary>
internal sealed record Caller(string AccessKeyId, string SecretAccessKey, string? SessionToken);

internal sealed record ApiResponse(string Target, HttpStatusCode Status, string? MediaType, string? ETag, string Body);
