using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace S3Lister.Infrastructure.Tests.Templates;

/// <summary>Reads a template's YAML as JSON. The templates do not use CloudFormation's short tags, so any parser reads them.</summary>
internal static class Yaml
{
    public static JsonObject Parse(string text)
    {
        if (text.StartsWith('{'))
        {
            return JsonNode.Parse(text)!.AsObject();
        }

        YamlStream stream = [];
        using StringReader reader = new(text);
        stream.Load(reader);
        return Convert(stream.Documents[0].RootNode)!.AsObject();
    }

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        { Tag: { IsEmpty: false, IsNonSpecific: false } tag } => throw new NotSupportedException($"{tag} at {node.Start}: write the long form."),
        YamlMappingNode map => new JsonObject(map.Children.Select(child =>
            new KeyValuePair<string, JsonNode?>(((YamlScalarNode)child.Key).Value!, Convert(child.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Convert)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Plain(scalar.Value!),
        YamlScalarNode scalar => scalar.Value,
        _ => throw new NotSupportedException($"{node.NodeType} at {node.Start}"),
    };

    private static JsonNode? Plain(string value) => value switch
    {
        "" or "null" or "~" => null,
        "true" => true,
        "false" => false,
        _ when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => value,
    };
}
