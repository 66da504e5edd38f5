using System.Globalization;
using System.Text.RegularExpressions;
using S3Lister.Infrastructure.Tests.Logs;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Rules;

/// <summary>The cost of the default stack in docs/operations.md: its quantities are the templates', and its sum is right.</summary>
public sealed partial class CostTableTests
{
    private static readonly Dictionary<string, (double Quantity, double Price, double Month)> Rows = Row().Matches(Repository.Read(Runbook.Page))
        .ToDictionary(row => row.Groups["what"].Value, row => (Number(row, "quantity"), Number(row, "price"), Number(row, "month")));

    [Fact]
    public void Month_Is_Quantity_Times_Price_And_The_Sum_Adds_Up()
    {
        Assert.True(Rows.Count > 10);
        Assert.All(Rows, row => Assert.Equal(row.Value.Quantity * row.Value.Price, row.Value.Month, 0.005));
        Assert.Equal(Rows.Values.Sum(row => row.Month), Number(Sum().Match(Repository.Read(Runbook.Page)), "sum"), 0.001);
    }

    [Fact]
    public void Each_Price_Has_A_Date()
    {
        var page = Repository.Read(Runbook.Page);
        var cost = page[page.IndexOf("## Cost", StringComparison.Ordinal)..page.IndexOf("## Grafana", StringComparison.Ordinal)];

        var known = Priced().Matches(cost).Select(row => row.Groups["known"].Value.Trim()).ToArray();

        Assert.True(known.Length > 30);
        Assert.All(known, date => Assert.Matches(@"^20\d\d-\d\d$", date));
    }

    [Fact]
    public async Task Quantities_Are_The_Templates()
    {
        var log = await FunctionLog.Current;
        var set = TemplateSet.Current;
        var own = set.Resources.Where(resource => resource.Template == TemplateSet.Observability && resource.Body["Condition"] is null).ToArray();
        var watching = own.Concat(set.Resources.Where(resource => resource.Template == TemplateSet.Service)).ToArray();
        int Count(string type) => own.Count(resource => resource.Type == type);
        // An anomaly detection band is charged as two more metrics.
        var inAlarms = watching.Where(resource => resource.Type == "AWS::CloudWatch::Alarm").Sum(alarm => alarm["MetricName"] is not null ? 1 : alarm["Metrics"].Items()
            .Sum(metric => metric["MetricStat"] is not null ? 1 : metric["Expression"].Scalar()?.StartsWith("ANOMALY", StringComparison.Ordinal) is true ? 2 : 0));
        var filters = watching.Where(resource => resource.Type == "AWS::Logs::MetricFilter")
            .Select(filter => filter["MetricTransformations"]![0]!["MetricName"].Scalar()).Distinct().Count();
        var records = log.Records.First().GetProperty("_aws").GetProperty("CloudWatchMetrics")[0].GetProperty("Metrics").GetArrayLength();

        Assert.Equal(inAlarms, Rows["metrics in alarms"].Quantity);
        Assert.Equal(filters, Rows["metrics of filters"].Quantity);
        Assert.Equal(records * set.OfType("AWS::Serverless::Function").Count(function => function.Template == TemplateSet.Service), Rows["metrics of the functions"].Quantity);
        Assert.Equal(Count("AWS::CloudWatch::CompositeAlarm"), Rows["composite alarms"].Quantity);
        Assert.Equal(Count("AWS::CloudWatch::InsightRule"), Rows["contributor rules"].Quantity);
        Assert.Equal(Count("AWS::CloudWatch::Dashboard"), Rows["dashboards"].Quantity);
        Assert.Equal(Count("AWS::KMS::Key"), Rows["keys: alarms"].Quantity);
        Assert.InRange(log.Lines["Succeeded"].Sum(line => line.Length), 1000, 1300);
    }

    private static double Number(Match row, string group) => double.Parse(row.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| (?<what>[^|]+) \| (?<quantity>[\d.]+) \| (?<price>[\d.]+) \| (?<month>[\d.]+) \| 20\d\d-\d\d \|\r?$", RegexOptions.Multiline)]
    private static partial Regex Row();

    /// <summary>A row of either table; the last cell is the date of its price.</summary>
    [GeneratedRegex(@"^\| (?!the default stack|option|---|sum)[^|]+(\|[^|]+){2,3}\|(?<known>[^|]*)\|\r?$", RegexOptions.Multiline)]
    private static partial Regex Priced();

    [GeneratedRegex(@"^\| sum \| \| \| (?<sum>[\d.]+) \| \|\r?$", RegexOptions.Multiline)]
    private static partial Regex Sum();
}
