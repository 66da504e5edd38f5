using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace S3Lister.Infrastructure.Tests.Templates;

/// <summary>
/// Evaluates the intrinsic functions of a template, as far as alarms, filters, dashboards and code need it, with the last value
/// of each option: all that can be on. A reference to a resource becomes its logical id, an attribute <c>Id.Attribute</c>.
/// </summary>
internal sealed partial class Renderer(JsonObject template, JsonNode? options)
{
    private static readonly Dictionary<string, string> Pseudo = new()
    {
        ["AWS::Partition"] = "aws",
        ["AWS::Region"] = "eu-central-1",
        ["AWS::AccountId"] = "123456789012",
        ["AWS::URLSuffix"] = "amazonaws.com",
        ["AWS::StackName"] = "s3lister",
        ["AWS::StackId"] = "arn:aws:cloudformation:eu-central-1:123456789012:stack/s3lister/1",
    };

    public IEnumerable<Resource> Resources(string path, string[] types) => template["Resources"]!.AsObject()
        .Where(resource => types.Contains((string)resource.Value!["Type"]!) && (resource.Value["Condition"] is not { } condition || Holds((string)condition!)))
        .Select(resource => new Resource(path, resource.Key, Render(resource.Value)!.AsObject()));

    public JsonNode? Render(JsonNode? node) => node switch
    {
        null => null,
        JsonObject { Count: 1 } map when Function(map.First()) is { } call => call.Value,
        JsonObject map => new JsonObject(map.Select(child => KeyValuePair.Create(child.Key, Render(child.Value)))
            .Where(child => child.Value is not null)),
        JsonArray items => new JsonArray([.. items.Select(Render).Where(item => item is not null)]),
        _ => node.DeepClone(),
    };

    private Result? Function(KeyValuePair<string, JsonNode?> call) => call switch
    {
        ("Ref", var name) => new(Reference((string)name!)),
        ("Fn::GetAtt", JsonArray path) => new(string.Join('.', path.Select(part => (string)part!))),
        ("Fn::GetAtt", var path) => new((string)path!),
        ("Fn::Sub", JsonArray { Count: 2 } pair) => new(Substitute((string)pair[0]!, pair[1]!.AsObject())),
        ("Fn::Sub", var text) => new(Substitute((string)text!, [])),
        ("Fn::If", JsonArray { Count: 3 } choice) => new(Render(choice[Holds((string)choice[0]!) ? 1 : 2])),
        ("Fn::FindInMap", JsonArray { Count: >= 3 } keys) => new(Render(
            template["Mappings"]![Render(keys[0]).Scalar()!]![Render(keys[1]).Scalar()!]![Render(keys[2]).Scalar()!])),
        ("Fn::Join", JsonArray { Count: 2 } parts) => new(string.Join((string)parts[0]!, Render(parts[1]).Items().Select(part => part.Scalar()))),
        ("Fn::Split", JsonArray { Count: 2 } split) => new(new JsonArray([.. Render(split[1]).Scalar()!.Split((string)split[0]!).Select(part => (JsonNode)part)])),
        _ => null,
    };

    private bool Holds(string condition) => Truth(template["Conditions"]![condition]!);

    private bool Truth(JsonNode node) => node.AsObject().First() switch
    {
        ("Fn::Equals", JsonArray pair) => Render(pair[0]).Scalar() == Render(pair[1]).Scalar(),
        ("Fn::Not", JsonArray one) => !Truth(one[0]!),
        ("Fn::And", JsonArray all) => all.All(item => Truth(item!)),
        ("Fn::Or", JsonArray any) => any.Any(item => Truth(item!)),
        ("Condition", var name) => Holds((string)name!),
        var (name, _) => throw new NotSupportedException(name),
    };

    private JsonNode? Reference(string name)
    {
        if (name == "AWS::NoValue")
        {
            return null;
        }

        if (Pseudo.TryGetValue(name, out var pseudo))
        {
            return pseudo;
        }

        if (template["Parameters"]?[name] is not JsonObject parameter)
        {
            return name;
        }

        var value = options?[name]?.AsArray()[^1].Scalar() ?? parameter["Default"].Scalar() ?? parameter["AllowedValues"]?[0].Scalar() ?? name;
        return ((string?)parameter["Type"])!.Contains("List", StringComparison.Ordinal)
            ? new JsonArray([.. value.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(item => (JsonNode)item)])
            : value;
    }

    private string Substitute(string text, JsonObject variables) => Variable().Replace(text, match =>
    {
        var name = match.Groups["name"].Value;
        return match.Groups["literal"].Success ? $"${{{name}}}"
            : variables[name] is { } own ? Render(own).Scalar()!
            : name.Contains('.', StringComparison.Ordinal) ? name
            : Reference(name).Scalar()!;
    });

    [GeneratedRegex(@"\$\{(?<literal>!)?(?<name>[^}]+)\}")]
    private static partial Regex Variable();

    /// <summary>The value of a function; null for AWS::NoValue.</summary>
    private sealed record Result(JsonNode? Value);
}
