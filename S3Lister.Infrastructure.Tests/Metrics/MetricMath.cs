namespace S3Lister.Infrastructure.Tests.Metrics;

/// <summary>
/// The part of CloudWatch's metric math that the templates use. A value is a number, a series of datapoints of which any
/// may be missing, or a list of series. What is missing stays missing through an operator, and a division by zero is.
/// </summary>
internal sealed class MetricMath(IReadOnlyDictionary<string, double?[]> metrics, int length)
{
    public static IReadOnlyDictionary<string, Range> Functions { get; } = new Dictionary<string, Range>
    {
        ["IF"] = 2..3,
        ["FILL"] = 2..2,
        ["SUM"] = 1..1,
        ["MAX"] = 1..1,
        ["MIN"] = 1..1,
        ["AVG"] = 1..1,
        ["ABS"] = 1..1,
        ["RATE"] = 1..1,
        ["METRICS"] = 0..1,
        ["ANOMALY_DETECTION_BAND"] = 1..2,
        ["[]"] = 1..500,
    };

    /// <summary>Why CloudWatch would refuse an expression over metrics with these ids.</summary>
    public static IEnumerable<string> Faults(string text, IReadOnlyCollection<string> ids)
    {
        try
        {
            var expression = Expression.Parse(text);
            return
            [
                .. expression.Names.Except(ids).Where(name => name != "REPEAT").Select(name => $"'{name}' in '{text}' is not an id"),
                .. expression.Calls.Where(call => !Functions.TryGetValue(call.Function, out var range)
                    || call.Arguments.Count < range.Start.Value || call.Arguments.Count > range.End.Value).Select(call => $"'{call.Function}' in '{text}' is not a function, or has other arguments"),
            ];
        }
        catch (FormatException exception)
        {
            return [exception.Message];
        }
    }

    /// <param name="expression">Of metric math.</param>
    /// <param name="metrics">The series by id, each as long as the others.</param>
    public static double?[] Evaluate(Expression expression, IReadOnlyDictionary<string, double?[]> metrics)
    {
        var length = metrics.Values.Select(series => series.Length).DefaultIfEmpty(1).Max();
        return new MetricMath(metrics, length).One(expression);
    }

    private double?[] One(Expression expression) => expression switch
    {
        Number number => [.. Enumerable.Repeat<double?>(number.Value, length)],
        Name name => metrics[name.Id],
        Binary binary => Zip(One(binary.Left), One(binary.Right), (left, right) => Apply(binary.Operator, left, right)),
        Call { Function: "IF" } call => If(One(call.Arguments[0]), One(call.Arguments[1]), call.Arguments.Count > 2 ? One(call.Arguments[2]) : new double?[length]),
        Call { Function: "FILL" } call => Fill(One(call.Arguments[0]), call.Arguments[1]),
        Call { Function: "ABS" } call => [.. One(call.Arguments[0]).Select(point => point is { } value ? Math.Abs(value) : point)],
        Call { Function: "RATE" } call => Rate(One(call.Arguments[0])),
        Call { Function: "SUM" } call => Fold(call, points => points.Sum()),
        Call { Function: "MAX" } call => Fold(call, points => points.Max()),
        Call { Function: "MIN" } call => Fold(call, points => points.Min()),
        Call { Function: "AVG" } call => Fold(call, points => points.Average()),
        _ => throw new NotSupportedException($"{expression}"),
    };

    /// <summary>Over a list of series, minute by minute; over one series, a single number for all its minutes.</summary>
    private double?[] Fold(Call call, Func<IEnumerable<double>, double> fold)
    {
        double? Over(IEnumerable<double?> points) => points.Any(point => point is not null) ? fold(points.OfType<double>()) : null;

        return Many(call.Arguments[0]) is { } list
            ? [.. Enumerable.Range(0, length).Select(index => Over(list.Select(series => series[index])))]
            : [.. Enumerable.Repeat(Over(One(call.Arguments[0])), length)];
    }

    private double?[][]? Many(Expression expression) => expression switch
    {
        Call { Function: "[]" } list => [.. list.Arguments.Select(One)],
        Call { Function: "METRICS", Arguments: [Quoted part] } =>
            [.. metrics.Where(metric => metric.Key.Contains(part.Text, StringComparison.Ordinal)).Select(metric => metric.Value)],
        Call { Function: "METRICS" } => [.. metrics.Values],
        Call { Function: "FILL" } call when Many(call.Arguments[0]) is { } list => [.. list.Select(series => Fill(series, call.Arguments[1]))],
        _ => null,
    };

    private double?[] Fill(double?[] series, Expression with)
    {
        var value = with is Name { Id: "REPEAT" } ? null : One(with)[0];
        double? last = null;
        return [.. series.Select(point => last = point ?? value ?? last)];
    }

    private static double?[] Rate(double?[] series) =>
        [.. series.Select((point, index) => index == 0 ? null : (point - series[index - 1]) / 60)];

    private static double?[] If(double?[] condition, double?[] then, double?[] otherwise) =>
        [.. condition.Select((point, index) => point is null ? null : point != 0 ? then[index] : otherwise[index])];

    private static double?[] Zip(double?[] left, double?[] right, Func<double, double, double?> apply) =>
        [.. left.Zip(right, (a, b) => a is { } x && b is { } y ? apply(x, y) : null)];

    private static double? Apply(string name, double left, double right) => name switch
    {
        "+" => left + right,
        "-" => left - right,
        "*" => left * right,
        "/" => right == 0 ? null : left / right,
        "^" => Math.Pow(left, right),
        "AND" => left != 0 && right != 0 ? 1 : 0,
        "OR" => left != 0 || right != 0 ? 1 : 0,
        "==" => left == right ? 1 : 0,
        "!=" => left != right ? 1 : 0,
        "<" => left < right ? 1 : 0,
        "<=" => left <= right ? 1 : 0,
        ">" => left > right ? 1 : 0,
        ">=" => left >= right ? 1 : 0,
        _ => throw new NotSupportedException(name),
    };
}
