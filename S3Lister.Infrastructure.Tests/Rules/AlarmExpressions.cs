using S3Lister.Infrastructure.Tests.Metrics;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Rules;

/// <summary>The metric math of an alarm parses, calls functions that exist and names the alarm's own metrics.</summary>
internal static class AlarmExpressions
{
    public static IEnumerable<string> Check(TemplateSet set) =>
        from alarm in set.Rendered("AWS::CloudWatch::Alarm")
        let ids = alarm["Metrics"].Items().Select(metric => (string)metric["Id"]!).ToArray()
        from metric in alarm["Metrics"].Items()
        where metric["Expression"] is not null
        from fault in MetricMath.Faults((string)metric["Expression"]!, ids)
        select $"{alarm}: {fault}";
}
