using System.Text.Json;

namespace S3Lister.Documentation.Tests.OpenApi;

/// <summary>A node of docs/openapi.json. References are resolved, except those with keywords of their own beside them.</summary>
/// <param name="Pointer">A JSON pointer.</param>
internal sealed record OpenApiNode(string Pointer, JsonElement Value)
{
    public static OpenApiNode Root { get; } = new("", JsonElement.Parse(Repository.Read(Repository.OpenApi)));

    public static OpenApiNode Schemas => Root["components"]["schemas"];

    public static OpenApiNode ListObjects => Root["paths"]["/objects"]["get"];

    public OpenApiNode this[string name] => Child(name, Value.GetProperty(name));

    public string Text => Value.GetString()!;

    public IEnumerable<string> Names => Value.EnumerateObject().Select(member => member.Name);

    public IEnumerable<(string Name, OpenApiNode Node)> Members => Names.Select(name => (name, this[name]));

    public IEnumerable<OpenApiNode> Items => Value.EnumerateArray().Select((item, index) => Child($"{index}", item));

    public bool Has(string name) => Value.TryGetProperty(name, out _);

    /// <summary>This node and its descendants. References are not followed.</summary>
    public IEnumerable<OpenApiNode> All() => Value.ValueKind switch
    {
        JsonValueKind.Object => Value.EnumerateObject()
            .SelectMany(member => new OpenApiNode(Append(member.Name), member.Value).All()).Prepend(this),
        JsonValueKind.Array => Value.EnumerateArray()
            .SelectMany((item, index) => new OpenApiNode(Append($"{index}"), item).All()).Prepend(this),
        _ => [this],
    };

    private OpenApiNode Child(string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty("$ref", out var reference) || value.GetPropertyCount() > 1)
        {
            return new(Append(name), value);
        }

        return reference.GetString()!.Split('/').Skip(1).Aggregate(Root, (node, step) => node[step]);
    }

    private string Append(string name) =>
        $"{Pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
}
