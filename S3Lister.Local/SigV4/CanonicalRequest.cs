using System.Text;

namespace S3Lister.Local.SigV4;

/// <summary>The text that both sides hash, made from the request as it was received.</summary>
internal static class CanonicalRequest
{
    public static string Build(
        SignedRequest request, IReadOnlyList<string> signedHeaders, string payloadHash, bool isS3)
    {
        var text = new StringBuilder(512)
            .Append(request.Method).Append('\n')
            .Append(isS3 ? S3Path(request.Path) : Path(request.Path)).Append('\n')
            .Append(Query(request.Query)).Append('\n');
        foreach (var name in signedHeaders)
        {
            text.Append(name).Append(':').Append(HeaderValue(request, name)).Append('\n');
        }

        return text.Append('\n').AppendJoin(';', signedHeaders).Append('\n').Append(payloadHash).ToString();
    }

    /// <summary>Normalized, and encoded once more than it was on the wire: the rule of every service but S3.</summary>
    internal static string Path(string path)
    {
        var segments = new List<string>();
        foreach (var segment in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment == ".." && segments.Count > 0)
            {
                segments.RemoveAt(segments.Count - 1);
            }
            else if (segment is not ("." or ".."))
            {
                segments.Add(segment);
            }
        }

        var trailing = segments.Count > 0 && (path.EndsWith('/') || path.EndsWith("/.", StringComparison.Ordinal));
        return UriEncoding.Encode($"/{string.Join('/', segments)}{(trailing ? "/" : "")}", keepSlash: true);
    }

    /// <summary>S3 keys may be <c>//a</c> or <c>..</c>, so S3 normalizes nothing and encodes once.</summary>
    internal static string S3Path(string path) => UriEncoding.Encode(UriEncoding.Decode(path), keepSlash: true);

    internal static string Query(string query) =>
        string.Join('&', RawQuery.Parse(query)
            .Select(part => (
                Name: UriEncoding.Encode(UriEncoding.Decode(part.Name)),
                Value: UriEncoding.Encode(UriEncoding.Decode(part.Value))))
            .Where(part => part.Name != PresignedQuery.Signature)
            .OrderBy(part => part.Name, StringComparer.Ordinal)
            .ThenBy(part => part.Value, StringComparer.Ordinal)
            .Select(part => $"{part.Name}={part.Value}"));

    private static string HeaderValue(SignedRequest request, string name) =>
        string.Join(',', request.Headers
            .Where(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase))
            .Select(header => CollapseSpaces(header.Value)));

    private static string CollapseSpaces(string value) =>
        string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
