using Microsoft.AspNetCore.Http.Features;

namespace S3Lister.Local.SigV4;

/// <summary>A request as it came over the wire: nothing decoded, nothing normalized.</summary>
/// <param name="Method">The method in upper case.</param>
/// <param name="Target">Path and query as in the request line.</param>
/// <param name="Headers">Every header line in its order; the same name may come again.</param>
/// <param name="Body">
/// The whole body, or null where it is not read (as in S3): then the hash that the client signed is not verified.
/// </param>
internal sealed record SignedRequest(
    string Method,
    string Target,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    ReadOnlyMemory<byte>? Body)
{
    public static SignedRequest From(HttpContext context, ReadOnlyMemory<byte>? body) => new(
        context.Request.Method,
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
        [.. context.Request.Headers.SelectMany(header => header.Value.Select(value => KeyValuePair.Create(header.Key, value ?? "")))],
        body);

    public string Path => Split(Target).Path;

    public string Query => Split(Target).Query;

    /// <summary>The header's value, repeated lines joined with a comma; null when it is absent.</summary>
    public string? Header(string name)
    {
        string? value = null;
        foreach (var header in Headers)
        {
            if (string.Equals(header.Key, name, StringComparison.OrdinalIgnoreCase))
            {
                value = value is null ? header.Value : $"{value},{header.Value}";
            }
        }

        return value;
    }

    private static (string Path, string Query) Split(string target) =>
        target.IndexOf('?', StringComparison.Ordinal) is var mark and >= 0
            ? (target[..mark], target[(mark + 1)..])
            : (target, "");
}
