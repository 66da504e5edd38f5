using S3Lister.Infrastructure.Tests.Expressions;

namespace S3Lister.Infrastructure.Tests.Metrics;

/// <summary>
/// The part of CloudWatch's metric math that the templates and dashboards use. A value is a series of datapoints, any of which
/// may be missing. What is missing stays missing through an operator, and a division by zero is.
/// </summary>
internal sealed class MetricMath(IReadOnlyDictionary<string, double?[]> metrics, int length)
{
    private static readonly string[][] Levels = [["OR", "||"], ["AND", "&&"], ["==", "!=", "<=", ">=", "<", ">"], ["+", "-"], ["*", "/"]];

    /// <summary>The functions with the number of their arguments.</summary>
    private static readonly Dictionary<string, Range> Functions = new() { ["IF"] = 2..3, ["FILL"] = 2..2, ["ANOMALY_DETECTION_BAND"] = 1..2 };

    public static Expression Parse(string text) => Expression.Parse(text, Levels);

    /// <summary>Why CloudWatch would refuse an expression over metrics with these ids.</summary>
    public static IEnumerable<string> Faults(string text, IReadOnlyCollection<string> ids)
    {
        try
        {
            var expression = Parse(text);
            return
            [
                .. expression.Names.Except(ids).Select(name => $"'{name}' in '{text}' is not an id"),
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
        Call { Function: "FILL" } call => [.. One(call.Arguments[0]).Zip(One(call.Arguments[1]), (point, filling) => point ?? filling)],
        _ => throw new NotSupportedException($"{expression}"),
    };

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
