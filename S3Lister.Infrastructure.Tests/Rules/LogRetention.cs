using System.Globalization;
using System.Text.Json.Nodes;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Rules;

/// <summary>Logs end, and not before a year unless somebody says so.</summary>
internal static class LogRetention
{
    private const int Year = 365;

    public static IEnumerable<string> Check(TemplateSet set) => set.OfType("AWS::Logs::LogGroup")
        .Where(group => Days(set[group.Template], group["RetentionInDays"]) is not >= Year)
        .Select(group => $"{group}: is not kept a year by default");

    private static int? Days(JsonObject template, JsonNode? value)
    {
        var days = (value as JsonObject)?["Ref"] is { } parameter ? template["Parameters"]?[(string)parameter!]?["Default"] : value;
        return int.TryParse(days.Scalar(), CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
