using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace S3Lister.Testing;

/// <summary>A response of the API, whichever way it was called.</summary>
internal record ApiResponse(int Status, string Body)
{
    public JsonElement Json => JsonElement.Parse(Body);

    public string[] Keys => [.. Json.GetProperty("contents").EnumerateArray().Select(entry => entry.GetProperty("key").GetString()!)];

    public string[] CommonPrefixes => [.. Json.GetProperty("commonPrefixes").EnumerateArray().Select(prefix => prefix.GetString()!)];

    public string? NextToken => Json.GetProperty("nextContinuationToken").GetString();

    /// <summary>The code of a problem.</summary>
    public string? Code => Json.GetProperty("code").GetString();

    /// <param name="body">The body as it was sent.</param>
    /// <param name="coding">The value of <c>content-encoding</c>; null if there is none.</param>
    public static string Decode(byte[] body, string? coding)
    {
        using MemoryStream coded = new(body);
        using Stream decoded = coding switch
        {
            "br" => new BrotliStream(coded, CompressionMode.Decompress),
            "gzip" => new GZipStream(coded, CompressionMode.Decompress),
            _ => coded,
        };
        using StreamReader reader = new(decoded, new UTF8Encoding(false, throwOnInvalidBytes: true));
        return reader.ReadToEnd();
    }
}
