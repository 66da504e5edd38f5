using System.Text.Json.Nodes;
using S3Lister.Infrastructure.Tests.Metrics;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Rules;

/// <summary>The widgets of CloudWatch dashboards do not overlap, their metrics exist and their expressions are valid.</summary>
internal static class Dashboards
{
    private const int Columns = 24;

    public static IEnumerable<string> Check(TemplateSet set)
    {
        var known = KnownMetrics.Of(set);
        foreach (var dashboard in set.Rendered("AWS::CloudWatch::Dashboard"))
        {
            foreach (var fault in Faults(JsonNode.Parse((string)dashboard["DashboardBody"]!)!, known))
            {
                yield return $"{dashboard}: {fault}";
            }
        }
    }

    private static IEnumerable<string> Faults(JsonNode body, KnownMetrics known)
    {
        HashSet<(int, int)> taken = [];
        foreach (var widget in body["widgets"].Items())
        {
            var (x, y, width, height) = ((int)widget["x"]!, (int)widget["y"]!, (int)widget["width"]!, (int)widget["height"]!);
            var title = widget["properties"]?["title"].Scalar() ?? (string)widget["type"]!;
            var cells = Enumerable.Range(x, width).SelectMany(column => Enumerable.Range(y, height).Select(row => (column, row)));
            if (x + width > Columns || !cells.All(taken.Add))
            {
                yield return $"'{title}' overlaps another widget or the edge";
            }

            foreach (var fault in Metrics(widget["properties"]?["metrics"].Items() ?? [], known))
            {
                yield return $"'{title}': {fault}";
            }
        }
    }

    /// <summary>A row is a namespace, a name and dimensions, or an expression; options may follow.</summary>
    private static IEnumerable<string> Metrics(IEnumerable<JsonNode> rows, KnownMetrics known)
    {
        var all = rows.ToArray();
        var ids = all.Select(row => row.Items().Last() is JsonObject options ? options["id"].Scalar() : null).OfType<string>().ToHashSet();
        foreach (var row in all)
        {
            var parts = row.Items().Where(part => part is not JsonObject).Select(part => part.Scalar()!).ToArray();
            if (parts.Length == 0)
            {
                foreach (var fault in MetricMath.Faults((string)row[0]!["expression"]!, ids))
                {
                    yield return fault;
                }
            }
            else if (!known.Has(parts[0], parts[1], parts.Skip(2).Where((_, index) => index % 2 == 0)))
            {
                yield return $"{string.Join(' ', parts)} does not exist";
            }
            else if (parts.Contains(""))
            {
                yield return $"{parts[1]} has an empty dimension";
            }
        }
    }
}
