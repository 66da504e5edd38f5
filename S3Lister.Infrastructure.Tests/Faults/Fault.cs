using System.Text.Json.Nodes;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Faults;

/// <summary>Something wrong in a template, and the rule that must find it.</summary>
internal sealed record Fault(string Name, string Rule, string Template, Action<JsonObject> Plant)
{
    public TemplateSet Planted(TemplateSet set) => set.With(Template, Plant);

    /// <summary>A value, as JSON, in place of what is at a path.</summary>
    public static Action<JsonObject> Set(string path, string json) => template =>
    {
        var (parent, name) = Find(template, path);
        if (parent is JsonArray items)
        {
            items[int.Parse(name, null)] = JsonNode.Parse(json);
        }
        else
        {
            parent[name] = JsonNode.Parse(json);
        }
    };

    public static Action<JsonObject> Remove(string path) => template =>
    {
        var (parent, name) = Find(template, path);
        var removed = parent is JsonArray items ? RemoveAt(items, int.Parse(name, null)) : parent.AsObject().Remove(name);
        Assert.True(removed, $"{path} is not there.");
    };

    /// <summary>A text within the text at a path.</summary>
    public static Action<JsonObject> Replace(string path, string text, string with) => template =>
    {
        var (parent, name) = Find(template, path);
        var value = (string)(parent is JsonArray items ? items[int.Parse(name, null)] : parent[name])!;
        Assert.Contains(text, value, StringComparison.Ordinal);
        Set(path, JsonValue.Create(value.Replace(text, with, StringComparison.Ordinal)).ToJsonString())(template);
    };

    private static bool RemoveAt(JsonArray items, int index)
    {
        items.RemoveAt(index);
        return true;
    }

    private static (JsonNode Parent, string Name) Find(JsonNode template, string path)
    {
        var names = path.Split('|');
        var parent = names[..^1].Aggregate(template, static (node, name) =>
            (node is JsonArray items ? items[int.Parse(name, null)] : node[name]) ?? throw new InvalidOperationException($"No {name}."));
        return (parent, names[^1]);
    }
}
