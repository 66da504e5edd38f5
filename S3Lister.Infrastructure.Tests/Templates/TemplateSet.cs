using System.Text.Json.Nodes;

namespace S3Lister.Infrastructure.Tests.Templates;

/// <summary>All templates of the repository by path. A fault is planted in a copy.</summary>
internal sealed class TemplateSet(IReadOnlyDictionary<string, JsonObject> templates)
{
    public const string Service = "serverless.template";
    public const string TokenApi = "infrastructure/token-api.template";
    public const string Observability = "infrastructure/observability.template";

    private static readonly JsonNode Options = JsonNode.Parse(Repository.Read("infrastructure/checks/options.json"))!;

    public static TemplateSet Current { get; } = new(Repository.Templates.ToDictionary(path => path, path => Yaml.Parse(Repository.Read(path))));

    public IEnumerable<string> Paths => templates.Keys;

    public JsonObject this[string path] => templates[path];

    /// <summary>Each resource of each template.</summary>
    public IEnumerable<Resource> Resources => templates.SelectMany(template => template.Value["Resources"]!.AsObject()
        .Select(resource => new Resource(template.Key, resource.Key, resource.Value!.AsObject())));

    public IEnumerable<Resource> OfType(params string[] types) => Resources.Where(resource => types.Contains(resource.Type));

    /// <summary>The resources with every option on and all functions evaluated.</summary>
    public IEnumerable<Resource> Rendered(params string[] types) => templates.SelectMany(template =>
        new Renderer(template.Value, Options[template.Key]).Resources(template.Key, types));

    public TemplateSet With(string path, Action<JsonObject> plant)
    {
        var copy = templates.ToDictionary(template => template.Key, template => template.Value);
        copy[path] = copy[path].DeepClone().AsObject();
        plant(copy[path]);
        return new(copy);
    }
}
