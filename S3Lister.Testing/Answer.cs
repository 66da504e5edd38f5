using System.Text.Json.Nodes;

namespace S3Lister.Testing;

/// <summary>A status and a body.</summary>
internal sealed record Answer(int Status, string Body)
{
    public static Answer Forbidden { get; } = new(403, """{"message":"Forbidden"}""");

    public JsonNode Json => JsonNode.Parse(Body)!;
}
