using System.Text;

namespace S3Lister.Local.SigV4;

/// <summary>The text that both sides hash, made from the request as it was received.</summary>
/// <param name="Method">The method in upper case.</param>
/// <param name="Path">The canonical path.</param>
/// <param name="Query">The canonical query.</param>
/// <param name="Headers">The signed headers in their order, with the values that are signed.</param>
/// <param name="PayloadHash">The hash of the body, in lower-case hexadecimal, or what S3 accepts instead.</param>
internal sealed record CanonicalRequest(
    string Method,
    string Path,
    string Query,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    string PayloadHash)
{
    public static string Build(
        SignedRequest request, IReadOnlyList<string> signedHeaders, string payloadHash, bool isS3) =>
        From(request, signedHeaders, payloadHash, isS3).ToString();

    public static CanonicalRequest From(
        SignedRequest request, IReadOnlyList<string> signedHeaders, string payloadHash, bool isS3) => new(
        request.Method,
        isS3 ? CanonicalPath.OfS3(request.Path) : CanonicalPath.Of(request.Path),
        CanonicalQuery.Of(request.Query),
        [.. signedHeaders.Select(name => KeyValuePair.Create(name, HeaderValue(request, name)))],
        payloadHash);

    public override string ToString()
    {
        var text = new StringBuilder(512)
            .Append(Method).Append('\n')
            .Append(Path).Append('\n')
            .Append(Query).Append('\n');
        foreach (var (name, value) in Headers)
        {
            text.Append(name).Append(':').Append(value).Append('\n');
        }

        return text.Append('\n').AppendJoin(';', Headers.Select(header => header.Key)).Append('\n').Append(PayloadHash).ToString();
    }

    private static string HeaderValue(SignedRequest request, string name) =>
        string.Join(',', request.Headers
            .Where(header => string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase))
            .Select(header => CollapseSpaces(header.Value)));

    private static string CollapseSpaces(string value) =>
        string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
