using System.Globalization;
using System.Text.Json.Nodes;
using S3Lister.Infrastructure.Tests.Expressions;
using S3Lister.Infrastructure.Tests.Metrics;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Alarms;

/// <summary>One metric of an alarm or a widget; <c>Key</c> has its namespace, name and the values of its dimensions.</summary>
internal sealed record MetricStat(string Namespace, string Name, IReadOnlyDictionary<string, string> Dimensions, int Seconds, string Stat)
{
    public string Key => string.Join(' ', [Namespace, Name, .. Dimensions.Values]);

    public int Minutes => Seconds / 60;

    /// <summary>The datapoint of the period that ends with a minute; a percentile is approximated by the worst minute.</summary>
    public double? At(int minute, History history)
    {
        if (Stat == "Sum")
        {
            return history.Sum(Key, minute, Minutes);
        }

        var points = history.Points(Key, minute, Minutes).ToArray();
        return points.Length == 0 ? null : Stat switch
        {
            "Average" => points.Average(),
            "Minimum" => points.Min(),
            _ => points.Max(),
        };
    }
}

/// <summary>An alarm of a rendered template that can be evaluated over made-up metrics.</summary>
internal sealed class MetricAlarm
{
    private readonly Dictionary<string, MetricStat> _metrics = [];
    private readonly Dictionary<string, Expression> _expressions = [];
    private readonly string _returned;
    private readonly double _threshold;
    private readonly string _operator;

    public MetricAlarm(Resource resource)
    {
        Id = resource.Id;
        foreach (var metric in resource["Metrics"].Items())
        {
            var id = (string)metric["Id"]!;
            if (metric["Expression"] is { } expression)
            {
                _expressions[id] = MetricMath.Parse((string)expression!);
            }
            else
            {
                _metrics[id] = Stat(metric["MetricStat"]!["Metric"]!, metric["MetricStat"]!);
            }
        }

        if (resource["MetricName"] is not null)
        {
            _metrics["metric"] = Stat(resource.Properties, resource.Properties);
        }

        _returned = (string?)resource["ThresholdMetricId"]
            ?? resource["Metrics"].Items().Where(metric => metric["ReturnData"].Scalar() is not "false").Select(metric => (string)metric["Id"]!).SingleOrDefault()
            ?? "metric";
        HasBand = resource["ThresholdMetricId"] is not null;
        _threshold = Double(resource["Threshold"]);
        _operator = (string)resource["ComparisonOperator"]!;
        var periods = (int)Double(resource["EvaluationPeriods"]);
        Evaluation = new(periods, resource["DatapointsToAlarm"] is { } toAlarm ? (int)Double(toAlarm) : periods, (string?)resource["TreatMissingData"] ?? "missing");
    }

    public string Id { get; }

    public Evaluation Evaluation { get; }

    /// <summary>Whether it is compared with a band, which only CloudWatch knows.</summary>
    public bool HasBand { get; }

    public IEnumerable<MetricStat> Metrics => _metrics.Values;

    public int Minutes => _metrics.Values.First().Minutes;

    public AlarmState Next(AlarmState current, int minute, History history)
    {
        double?[] Series(MetricStat metric) =>
            [.. Enumerable.Range(0, Evaluation.Range).Reverse().Select(back => metric.At(minute - (back * metric.Minutes), history))];

        var series = _metrics.ToDictionary(metric => metric.Key, metric => Series(metric.Value));
        var points = _expressions.TryGetValue(_returned, out var expression) ? MetricMath.Evaluate(expression, series) : series[_returned];
        return Evaluation.Next(current, points, Breaches);
    }

    private bool Breaches(double value) => _operator switch
    {
        "GreaterThanThreshold" => value > _threshold,
        "GreaterThanOrEqualToThreshold" => value >= _threshold,
        "LessThanThreshold" => value < _threshold,
        "LessThanOrEqualToThreshold" => value <= _threshold,
        _ => throw new NotSupportedException(_operator),
    };

    private static MetricStat Stat(JsonNode metric, JsonNode stat) => new(
        (string)metric["Namespace"]!,
        (string)metric["MetricName"]!,
        metric["Dimensions"].Items().ToDictionary(item => (string)item["Name"]!, item => item["Value"].Scalar() ?? ""),
        (int)Double(stat["Period"]),
        stat["Stat"].Scalar() ?? stat["Statistic"].Scalar() ?? stat["ExtendedStatistic"].Scalar()!);

    private static double Double(JsonNode? node) => node is null ? 0 : double.Parse(node.Scalar()!, CultureInfo.InvariantCulture);
}
