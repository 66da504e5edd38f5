using System.Text.Json.Nodes;

namespace S3Lister.Infrastructure.Tests.Templates;

internal sealed record Resource(string Template, string Id, JsonObject Body)
{
    public string Type => (string)Body["Type"]!;

    public JsonObject Properties => Body["Properties"] as JsonObject ?? [];

    public JsonNode? this[string property] => Properties[property];

    public override string ToString() => $"{Template}: {Id}";
}

internal static class JsonExtensions
{
    /// <summary>Each string in the node, with its path.</summary>
    public static IEnumerable<(string Path, string Text)> Texts(this JsonNode? node, string path = "") => node switch
    {
        JsonObject map => map.SelectMany(child => child.Value.Texts($"{path}/{child.Key}")),
        JsonArray items => items.SelectMany((item, index) => item.Texts($"{path}/{index}")),
        JsonValue value when value.TryGetValue(out string? text) => [(path, text)],
        _ => [],
    };

    public static IEnumerable<JsonNode> Items(this JsonNode? node) => node switch
    {
        JsonArray items => items.Select(item => item!),
        null => [],
        _ => [node],
    };

    /// <summary>The text of a string, number or boolean; null for anything else.</summary>
    public static string? Scalar(this JsonNode? node) => node is JsonValue value ? value.ToString() : null;
}
