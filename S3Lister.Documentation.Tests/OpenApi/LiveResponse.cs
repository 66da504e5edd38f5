using System.Globalization;
using System.Text.Json.Nodes;

namespace S3Lister.Documentation.Tests.OpenApi;

/// <summary>A response of the API as the caller received it.</summary>
internal sealed record LiveResponse(string Path, int Status, ILookup<string, string> Headers, string Body)
{
    // Headers of the connection, and those that OpenAPI describes elsewhere.
    private static readonly HashSet<string> Transport = new(StringComparer.OrdinalIgnoreCase)
    {
        "connection", "content-length", "content-type", "date", "server", "transfer-encoding",
    };

    /// <summary>Null if the response has no body.</summary>
    public string? MediaType => Status == 304 ? null : Headers["content-type"].Single().Split(';')[0];

    public string Name => DocumentedResponse.NameOf(Path, Status, MediaType);

    public IEnumerable<string> HeaderNames => Headers.Select(header => header.Key).Where(name => !Transport.Contains(name));

    /// <summary>The values that the document's schemas must accept: the body, lines of NDJSON, headers.</summary>
    public IEnumerable<SchemaCase> Cases(DocumentedResponse documented)
    {
        if (MediaType is not null)
        {
            yield return new(
                documented.Content["schema"].Pointer,
                MediaType.EndsWith("json", StringComparison.Ordinal) && MediaType != "application/x-ndjson"
                    ? JsonNode.Parse(Body)
                    : Body);
        }

        if (MediaType == "application/x-ndjson")
        {
            foreach (var line in Body.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                yield return new(documented.Content["schema"]["contentSchema"]["items"].Pointer, JsonNode.Parse(line));
            }
        }

        foreach (var (name, header) in documented.Response["headers"].Members)
        {
            foreach (var text in Headers[name])
            {
                yield return new(header["schema"].Pointer, HeaderValue(header["schema"]["type"].Text, text));
            }
        }
    }

    private static JsonNode HeaderValue(string type, string text) => type switch
    {
        "integer" when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        "boolean" when text is "true" or "false" => text == "true",
        _ => text,
    };
}
