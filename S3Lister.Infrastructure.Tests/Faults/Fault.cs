using System.Text.Json.Nodes;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Faults;

/// <summary>A fault of <c>infrastructure/checks/faults</c>, and the rule of this project that must find it. faults.py describes the edits.</summary>
internal sealed record Fault(string Name, string Rule, string Template, JsonArray Edits)
{
    public static IReadOnlyDictionary<string, Fault> All { get; } = Directory.EnumerateFiles(Repository.Path("infrastructure/checks/faults"), "*.json")
        .Select(file => JsonNode.Parse(File.ReadAllText(file))!)
        .SelectMany(book => book["faults"].Items().Where(fault => (string?)fault["check"] == "tests")
            .Select(fault => new Fault((string)fault["name"]!, (string)fault["by"]!, (string)book["template"]!, fault["edits"]!.AsArray())))
        .ToDictionary(fault => fault.Name);

    public TemplateSet Planted(TemplateSet set) => set.With(Template, template =>
    {
        foreach (var edit in Edits.Items())
        {
            var path = edit["at"].Items().ToArray();
            var parent = path[..^1].Aggregate((JsonNode)template, (node, key) => Child(node, key) ?? throw new InvalidOperationException($"{Name}: no {key}."));
            Apply(edit, parent, path[^1]);
        }
    });

    private static void Apply(JsonNode edit, JsonNode parent, JsonNode key)
    {
        if (edit["remove"] is not null)
        {
            Assert.NotNull(Child(parent, key));
            (parent as JsonArray)?.RemoveAt((int)key);
            (parent as JsonObject)?.Remove((string)key!);
            return;
        }

        var value = edit["set"]?.DeepClone();
        if (edit["replace"] is JsonArray { Count: 2 } texts)
        {
            var (text, old) = ((string)Child(parent, key)!, (string)texts[0]!);
            Assert.Contains(old, text, StringComparison.Ordinal);
            value = text.Replace(old, (string)texts[1]!, StringComparison.Ordinal);
        }

        if (parent is JsonArray items)
        {
            items[(int)key] = value;
        }
        else
        {
            parent[(string)key!] = value;
        }
    }

    private static JsonNode? Child(JsonNode node, JsonNode key) => node is JsonArray items ? items[(int)key] : node[(string)key!];
}
