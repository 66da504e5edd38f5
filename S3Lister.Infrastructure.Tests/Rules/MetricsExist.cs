using S3Lister.Infrastructure.Tests.Alarms;
using S3Lister.Infrastructure.Tests.Metrics;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Rules;

/// <summary>Each metric of an alarm exists, with its dimensions.</summary>
internal static class MetricsExist
{
    public static IEnumerable<string> Check(TemplateSet set)
    {
        var known = KnownMetrics.Of(set);
        foreach (var alarm in set.Rendered("AWS::CloudWatch::Alarm"))
        {
            foreach (var metric in new MetricAlarm(alarm).Metrics.Where(metric => !known.Has(metric.Namespace, metric.Name, metric.Dimensions.Keys)))
            {
                yield return $"{alarm}: {metric.Key} does not exist";
            }
        }
    }
}
