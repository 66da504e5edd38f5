using S3Lister.Infrastructure.Tests.Logs;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Rules;

/// <summary>The patterns of metric filters and subscriptions parse.</summary>
internal static class FilterPatterns
{
    public static IEnumerable<string> Check(TemplateSet set)
    {
        foreach (var filter in set.Rendered("AWS::Logs::MetricFilter", "AWS::Logs::SubscriptionFilter"))
        {
            string? fault = null;
            try
            {
                _ = new FilterPattern((string)filter["FilterPattern"]!);
            }
            catch (FormatException exception)
            {
                fault = exception.Message;
            }

            if (fault is not null)
            {
                yield return $"{filter}: {fault}";
            }
        }
    }
}
