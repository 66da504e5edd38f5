using S3Lister.Infrastructure.Tests.Logs;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Rules;

/// <summary>The patterns of metric filters and subscriptions parse.</summary>
internal static class FilterPatterns
{
    public static IEnumerable<string> Check(TemplateSet set) =>
        from filter in set.Rendered("AWS::Logs::MetricFilter", "AWS::Logs::SubscriptionFilter")
        let fault = FilterPattern.Fault((string)filter["FilterPattern"]!)
        where fault is not null
        select $"{filter}: {fault}";
}
