using System.Text.Json.Nodes;

namespace S3Lister.Testing;

/// <summary>A status and a body.</summary>
internal sealed record TextResponse(int Status, string Body)
{
    public static TextResponse Forbidden { get; } = new(403, """{"message":"Forbidden"}""");

    public JsonNode Json => JsonNode.Parse(Body)!;
}
