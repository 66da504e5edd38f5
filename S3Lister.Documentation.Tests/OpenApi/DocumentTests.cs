using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using S3Lister.Functions;
using S3Lister.Functions.Health;
using S3Lister.Listing.S3;
using S3Lister.Local.Gateway;

namespace S3Lister.Documentation.Tests.OpenApi;

/// <summary>Compares docs/openapi.json with OpenAPI's schema, its own schemas, the code and the template.</summary>
public sealed partial class DocumentTests
{
    private static readonly OpenApiNode[] Objects =
        [.. OpenApiNode.Schemas.All().Where(node => node.Value.ValueKind == JsonValueKind.Object && node.Has("properties") && node.Has("type"))];

    [Fact]
    public async Task Document_And_Its_Examples_Are_Valid()
    {
        var examples = Examples().ToArray();

        var check = await SchemaCheck.RunAsync(examples);

        Assert.Empty(check.Document);
        Assert.All(examples.Zip(check.Cases), pair => Assert.True(pair.Second.Count == 0, $"{pair.First.Schema}: {string.Join("; ", pair.Second)}"));
    }

    [Fact]
    public async Task Schemas_Refuse_Unknown_Missing_And_Mistyped_Fields()
    {
        SchemaCase[] wrong =
        [
            .. from example in Examples()
               where example.Value is JsonObject
               from change in Changes(example.Value!.AsObject())
               select example with { Value = change },
        ];

        var check = await SchemaCheck.RunAsync(wrong);

        Assert.True(wrong.Length > 100);
        Assert.All(wrong.Zip(check.Cases), pair => Assert.True(pair.Second.Count > 0, $"{pair.First.Schema} accepts {pair.First.Value}"));
    }

    [Fact]
    public void Schemas_Are_Closed_And_Require_All_Fields_That_Are_Not_Optional()
    {
        Assert.All(Objects, schema => Assert.False(schema["additionalProperties"].Value.GetBoolean()));
        Assert.All(Objects, schema => Assert.Equal(
            schema["properties"].Names
                .Where(name => !Optional(schema.Pointer).Contains(name)),
            schema["required"].Items.Select(name => name.Text)));
    }

    /// <summary>The fields that depend on the query.</summary>
    private static string[] Optional(string schema) => schema switch
    {
        "/components/schemas/Problem" or "/components/schemas/InvalidParameter" => ["parameter"],
        "/components/schemas/Summary" => ["tree", "rest", "edges", "cube", "endings", "otherEndings"],
        _ => [],
    };

    [Fact]
    public void Every_Component_Is_Used()
    {
        var used = OpenApiNode.Root.All()
            .Where(node => node.Value.ValueKind == JsonValueKind.Object && node.Has("$ref"))
            .Select(node => node.Value.GetProperty("$ref").GetString()![1..]);
        string[] kinds = ["parameters", "headers", "responses", "schemas"];

        Assert.Empty(kinds.SelectMany(kind => OpenApiNode.Root["components"][kind].Names.Select(name => $"/components/{kind}/{name}")).Except(used));
    }

    [Fact]
    public void Problems_Are_Those_Of_The_Code() =>
        Assert.Equal(
            ProblemCodes.InTheCode.Order(),
            OpenApiNode.Schemas.Members
                .Where(schema => schema.Node.Has("properties") && schema.Node["properties"].Has("code"))
                .Where(schema => schema.Name != "Problem")
                .Select(schema => schema.Node["properties"])
                .Select(fields => (fields["status"]["const"].Value.GetInt32(), fields["code"]["const"].Text, fields["title"]["const"].Text))
                .Order());

    [Fact]
    public void Causes_Are_Those_Of_The_Code() =>
        Assert.Equal(
            Enum.GetNames<UpstreamCause>(),
            OpenApiNode.Schemas["HealthUnavailable"]["properties"]["cause"]["enum"].Items.Select(cause => cause.Text));

    [Fact]
    public void Routes_Are_Those_Of_The_Template()
    {
        var routes = TemplateReader.Read(Repository.Path(Repository.Template), new Dictionary<string, string>()).Routes;

        Assert.Equal(
            routes.Select(route => route.Key).Order(StringComparer.Ordinal),
            OpenApiNode.Root["paths"].Members
                .SelectMany(path => path.Node.Names.Select(method => $"{method.ToUpperInvariant()} {path.Name}"))
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Version_And_License_Are_Those_Of_The_Build()
    {
        var info = OpenApiNode.Root["info"];

        // Between two releases, builds have pre-release versions of the next one. The contract changes with the minor version.
        Assert.Equal(info["version"].Text.Split('.')[..2], HealthCheck.Version.Split('.')[..2]);
        Assert.Contains(info["license"]["identifier"].Text, Repository.Read("Directory.Build.props"), StringComparison.Ordinal);
        Assert.Contains(info["contact"]["name"].Text, Repository.Read("Directory.Build.props"), StringComparison.Ordinal);
        Assert.Equal(info["title"].Text, typeof(Startup).Assembly.GetCustomAttribute<AssemblyProductAttribute>()!.Product);
    }

    [Fact]
    public void Request_Headers_Are_Those_That_The_Code_Reads()
    {
        var read = Directory.EnumerateFiles(Repository.Path("S3Lister.Functions"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => HeaderRead().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value);

        // OpenAPI describes Accept by the media types of the responses.
        Assert.Equal(
            read.Distinct().Order(StringComparer.Ordinal),
            OpenApiNode.ListObjects["parameters"].Items
                .Where(parameter => parameter["in"].Text == "header")
                .Select(parameter => parameter["name"].Text.ToLowerInvariant())
                .Append("accept")
                .Order(StringComparer.Ordinal));
    }

    /// <summary>The examples of media types, parameters and headers, with their schemas.</summary>
    private static IEnumerable<SchemaCase> Examples() =>
        from node in OpenApiNode.Root.All()
        where node.Value.ValueKind == JsonValueKind.Object && node.Has("schema")
        let examples = node.Has("examples")
            ? node["examples"].Members.Select(example => example.Node["value"])
            : node.Has("example") ? [node["example"]] : []
        from example in examples
        select new SchemaCase(node["schema"].Pointer, JsonNode.Parse(example.Value.GetRawText()));

    private static IEnumerable<JsonObject> Changes(JsonObject example)
    {
        yield return Change(example, copy => copy["unknown"] = 1);
        foreach (var (name, value) in example)
        {
            // The one field that may be absent.
            if (name != "parameter")
            {
                yield return Change(example, copy => copy.Remove(name));
            }

            yield return Change(example, copy => copy[name] = value is JsonArray ? "text" : new JsonArray());
        }
    }

    private static JsonObject Change(JsonObject example, Action<JsonObject> change)
    {
        var copy = example.DeepClone().AsObject();
        change(copy);
        return copy;
    }

    [GeneratedRegex("""\.Header\("([a-z-]+)"\)""")]
    private static partial Regex HeaderRead();
}
