using System.Globalization;
using System.Text.Json.Nodes;
using S3Lister.Infrastructure.Tests.Metrics;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Rules;

/// <summary>An alarm that CloudWatch would refuse, or that could not fire: one result, M at most N, metric math that parses.</summary>
internal static class AlarmShape
{
    public static IEnumerable<string> Check(TemplateSet set) =>
        set.Rendered("AWS::CloudWatch::Alarm").SelectMany(alarm => Faults(alarm).Select(fault => $"{alarm}: {fault}"));

    private static IEnumerable<string> Faults(Resource alarm)
    {
        var periods = Number(alarm["EvaluationPeriods"]);
        if (periods is null or < 1 || Number(alarm["DatapointsToAlarm"]) is < 1 || Number(alarm["DatapointsToAlarm"]) > periods)
        {
            yield return "DatapointsToAlarm is not within EvaluationPeriods";
        }

        if (alarm["TreatMissingData"] is null)
        {
            yield return "does not say what missing data means";
        }

        var metrics = alarm["Metrics"].Items().ToArray();
        var ids = metrics.Select(metric => (string)metric["Id"]!).ToArray();
        var seconds = metrics.Select(metric => Number(metric["MetricStat"]?["Period"])).OfType<double>().Append(Number(alarm["Period"]) ?? 0).Max();
        if (periods * seconds > (seconds < 3600 ? 86_400 : 604_800))
        {
            yield return "looks back further than CloudWatch does";
        }

        if (metrics.Length == 0)
        {
            yield break;
        }

        var returned = metrics.Where(metric => metric["ReturnData"].Scalar() is not "false").ToArray();
        if (alarm["ThresholdMetricId"] is { } threshold
            ? returned.Length != 2 || !ids.Contains(threshold.Scalar())
            : returned.Length != 1)
        {
            yield return $"{returned.Length} metrics are returned";
        }

        if (alarm["ThresholdMetricId"] is null == alarm["Threshold"] is null)
        {
            yield return "has not one threshold";
        }

        if (ids.Distinct().Count() != ids.Length || !ids.All(id => char.IsAsciiLetterLower(id[0])))
        {
            yield return "ids are not all different, or do not begin with a small letter";
        }

        if (metrics.Select(metric => Number(metric["MetricStat"]?["Period"])).OfType<double>().Distinct().Count() > 1)
        {
            yield return "its metrics have different periods";
        }

        foreach (var fault in metrics.Where(metric => metric["Expression"] is not null).SelectMany(metric => Expressions(metric, ids)))
        {
            yield return fault;
        }
    }

    private static string[] Expressions(JsonNode metric, string[] ids)
    {
        var text = (string)metric["Expression"]!;
        Expression expression;
        string? error = null;
        try
        {
            expression = Expression.Parse(text);
        }
        catch (FormatException exception)
        {
            (expression, error) = (new Number(0), exception.Message);
        }

        string[] unknown =
        [
            .. expression.Names.Except(ids).Where(name => name != "REPEAT").Select(name => $"'{name}' in '{text}' is no id"),
            .. Calls(expression).Where(call => !MetricMath.Functions.TryGetValue(call.Function, out var range)
                || call.Arguments.Count < range.Start.Value || call.Arguments.Count > range.End.Value).Select(call => $"'{call.Function}' in '{text}' is no function so"),
        ];
        return error is null ? unknown : [error];
    }

    private static IEnumerable<Call> Calls(Expression expression) => expression switch
    {
        Call call => [call, .. call.Arguments.SelectMany(Calls)],
        Binary binary => [.. Calls(binary.Left), .. Calls(binary.Right)],
        _ => [],
    };

    private static double? Number(JsonNode? node) =>
        double.TryParse(node.Scalar(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
