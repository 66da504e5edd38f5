using System.Text.Json.Nodes;
using S3Lister.Infrastructure.Tests.Logs;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Rules;

/// <summary>The fields of saved queries and contributor rules are in the lines of their log groups.</summary>
internal static class LogFields
{
    public static IEnumerable<string> Check(TemplateSet set)
    {
        var functions = FunctionLog.Current.Result.Fields.ToHashSet();
        var access = AccessLog.Parse(AccessLog.Lines(set)["Succeeded"][0])?.Select(field => field.Key).ToHashSet() ?? [];
        return Uses(set).SelectMany(use => use.Fields
            .Where(field => !(use.Group.EndsWith("/access", StringComparison.Ordinal) ? access : functions).Contains(field))
            .Select(field => $"{use.Resource}: {field} is in no line of {use.Group}"));
    }

    private static IEnumerable<(Resource Resource, string Group, IEnumerable<string> Fields)> Uses(TemplateSet set)
    {
        foreach (var query in set.Rendered("AWS::Logs::QueryDefinition"))
        {
            foreach (var group in query["LogGroupNames"].Items())
            {
                yield return (query, (string)group!, InsightsQuery.Fields((string)query["QueryString"]!));
            }
        }

        foreach (var rule in set.Rendered("AWS::CloudWatch::InsightRule"))
        {
            if (AccessLog.Parse((string)rule["RuleBody"]!) is not { } body)
            {
                yield return (rule, "", ["(a body that is JSON)"]);
                continue;
            }

            JsonNode contribution = body["Contribution"]!;
            var fields = contribution["Keys"].Items().Concat(contribution["Filters"].Items().Select(filter => filter["Match"]!)).Select(field => ((string)field!)[2..]).ToArray();
            foreach (var group in body["LogGroupNames"].Items())
            {
                yield return (rule, (string)group!, fields);
            }
        }
    }
}
