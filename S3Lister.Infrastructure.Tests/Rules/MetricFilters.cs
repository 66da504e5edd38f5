using S3Lister.Infrastructure.Tests.Logs;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Rules;

/// <summary>Patterns that parse, and transformations that CloudWatch takes: a default and dimensions exclude each other.</summary>
internal static class MetricFilters
{
    public static IEnumerable<string> Check(TemplateSet set)
    {
        foreach (var filter in set.Rendered("AWS::Logs::MetricFilter", "AWS::Logs::SubscriptionFilter"))
        {
            if (Fault((string)filter["FilterPattern"]!) is { } fault)
            {
                yield return $"{filter}: {fault}";
            }

            foreach (var made in filter["MetricTransformations"].Items())
            {
                var dimensions = made["Dimensions"].Items().Count();
                if (dimensions > 0 && made["DefaultValue"] is not null)
                {
                    yield return $"{filter}: a default value together with dimensions";
                }

                if (dimensions > 3)
                {
                    yield return $"{filter}: more than three dimensions";
                }
            }
        }
    }

    private static string? Fault(string pattern)
    {
        try
        {
            _ = new FilterPattern(pattern);
            return null;
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }
}
