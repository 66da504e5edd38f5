using System.Text.Json.Nodes;
using S3Lister.Infrastructure.Tests.Metrics;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Observability;

public sealed class GrafanaTests
{
    private const string File = "infrastructure/dashboards/grafana/dashboard.json";

    private static readonly KnownMetrics Known = KnownMetrics.Of(TemplateSet.Current);

    [Fact]
    public void Panels_Use_Metrics_That_Exist_And_Do_Not_Overlap() => Assert.Equal("", string.Join('\n', Faults(Dashboard())));

    [Theory]
    [InlineData("\"metricName\": \"5xx\"", "\"metricName\": \"5XXError\"")]
    [InlineData("\"Route\": \"GET /objects\"", "\"Operation\": \"GET /objects\"")]
    [InlineData("100 * FILL(errors, 0) / calls", "100 * FILL(failures, 0) / calls")]
    [InlineData("IF(FILL(calls, 0) >= 10,", "IF(FILL(calls, 0) >= 10")]
    [InlineData("\"x\": 8,", "\"x\": 7,")]
    [InlineData("\"unit\": \"ms\"", "\"unit\": \"\"")]
    [InlineData("$stack", "$service")]
    public void Fault_Is_Found(string text, string with)
    {
        var dashboard = Repository.Read(File);
        Assert.Contains(text, dashboard, StringComparison.Ordinal);

        Assert.NotEmpty(Faults(JsonNode.Parse(dashboard.Replace(text, with, StringComparison.Ordinal))!.AsObject()));
    }

    private static JsonObject Dashboard() => JsonNode.Parse(Repository.Read(File))!.AsObject();

    private static IEnumerable<string> Faults(JsonObject dashboard)
    {
        var variables = dashboard["templating"]!["list"].Items().Select(variable => (string)variable["name"]!).ToArray();
        foreach (var (path, text) in dashboard["panels"].Texts().Where(text => text.Text.StartsWith('$') || text.Text.Contains("/$", StringComparison.Ordinal)))
        {
            if (!variables.Contains(text[(text.LastIndexOf('$') + 1)..].Trim('{', '}')))
            {
                yield return $"{path}: {text} is not a variable";
            }
        }

        HashSet<(int, int)> taken = [];
        foreach (var panel in dashboard["panels"].Items())
        {
            var (title, grid) = ((string)panel["title"]!, panel["gridPos"]!);
            if (!Cells((int)grid["x"]!, (int)grid["y"]!, (int)grid["w"]!, (int)grid["h"]!).All(cell => cell.Column < 24 && taken.Add(cell)))
            {
                yield return $"{title}: overlaps another panel or the edge";
            }

            if (panel["fieldConfig"]!["defaults"]!["unit"].Scalar() is null or "")
            {
                yield return $"{title}: no unit";
            }

            foreach (var fault in Targets([.. panel["targets"].Items()]))
            {
                yield return $"{title}: {fault}";
            }
        }
    }

    private static IEnumerable<(int Column, int Row)> Cells(int x, int y, int width, int height) =>
        Enumerable.Range(x, width).SelectMany(column => Enumerable.Range(y, height).Select(row => (column, row)));

    private static IEnumerable<string> Targets(JsonNode[] targets)
    {
        var ids = targets.Select(target => (string)target["id"]!).ToArray();
        foreach (var target in targets)
        {
            if (target["expression"].Scalar() is { Length: > 0 } expression)
            {
                foreach (var fault in MetricMath.Faults(expression, ids))
                {
                    yield return fault;
                }
            }
            else if (!Known.Has(((string)target["namespace"]!).Replace("$stack", "s3lister", StringComparison.Ordinal), (string)target["metricName"]!, target["dimensions"]!.AsObject().Select(dimension => dimension.Key)))
            {
                yield return $"{target["namespace"]} {target["metricName"]} does not exist";
            }
        }
    }
}
