using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using S3Lister.Infrastructure.Tests.Logs;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Observability;

public sealed partial class OpenSearchTests
{
    private static readonly JsonObject Fields =
        JsonNode.Parse(Repository.Read("infrastructure/dashboards/opensearch/index-template.json"))!["template"]!["mappings"]!["properties"]!.AsObject();

    private static readonly JsonObject[] Saved =
    [
        .. Repository.Read("infrastructure/dashboards/opensearch/dashboard.ndjson").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonNode.Parse(line)!.AsObject()),
    ];

    /// <summary>OpenSearch derives the type of an unknown field from the first line.</summary>
    [Fact]
    public async Task Index_Has_The_Fields_Of_The_Functions_Lines_And_No_Others()
    {
        var line = AccessLog.Parse((await FunctionLog.Current).Lines["Succeeded"][0])!;
        var access = AccessLog.Parse(AccessLog.Lines(TemplateSet.Current)["Succeeded"][0])!;

        Assert.Empty(line.Select(field => field.Key).Except(Fields.Select(field => field.Key)));
        Assert.Empty(Fields.Select(field => field.Key).Except(line.Select(field => field.Key)).Except(access.Select(field => field.Key)).Except(["@timestamp", "logGroup"]));
        Assert.All(
            line.Where(field => double.TryParse(field.Value.Scalar(), out _) && field.Key is not "requestId"),
            field => Assert.Contains((string)Fields[field.Key]!["type"]!, (string[])["integer", "long", "double"]));
    }

    [Fact]
    public void Saved_Objects_Refer_To_Each_Other_And_To_Fields_Of_The_Index()
    {
        var ids = Saved.Select(saved => $"{saved["type"]} {saved["id"]}").ToHashSet();

        Assert.Single(Saved, saved => (string)saved["type"]! == "dashboard");
        Assert.All(Saved.SelectMany(saved => saved["references"].Items()), reference => Assert.Contains($"{reference["type"]} {reference["id"]}", ids));
        Assert.All(Saved.SelectMany(Used), field => Assert.True(Fields.ContainsKey(field), $"The index has no {field}."));
    }

    [Fact]
    public async Task Subscriptions_Send_The_Lines_Of_Calls_And_No_Metric_Records()
    {
        var lines = (await FunctionLog.Current).Lines;
        var access = AccessLog.Lines(TemplateSet.Current);
        foreach (var subscription in TemplateSet.Current.Rendered("AWS::Logs::SubscriptionFilter"))
        {
            FilterPattern pattern = new((string)subscription["FilterPattern"]!);
            if (subscription.Id.Contains("Access", StringComparison.Ordinal))
            {
                Assert.All(access.Values, line => Assert.True(pattern.Matches(line[0])));
            }
            else
            {
                Assert.Equal([true, false], lines["Succeeded"].Select(pattern.Matches));
                Assert.DoesNotContain(lines["PlatformReport"], pattern.Matches);
            }
        }
    }

    private static IEnumerable<string> Used(JsonObject saved)
    {
        var attributes = saved["attributes"]!;
        var aggregations = attributes["visState"] is { } state ? JsonNode.Parse((string)state!)!["aggs"].Items() : [];
        var query = attributes["kibanaSavedObjectMeta"]?["searchSourceJSON"] is { } source ? JsonNode.Parse((string)source!)!["query"]!["query"].Scalar() : null;
        return aggregations.Select(aggregation => aggregation["params"]?["field"].Scalar()).OfType<string>()
            .Concat(attributes["columns"].Items().Select(column => column.Scalar()!))
            .Concat(attributes["timeFieldName"].Items().Select(field => field.Scalar()!))
            .Concat(QueryField().Matches(query ?? "").Select(match => match.Groups["field"].Value));
    }

    [GeneratedRegex(@"(?<field>\w+)\s*(:|>=|<=|>|<)")]
    private static partial Regex QueryField();
}
