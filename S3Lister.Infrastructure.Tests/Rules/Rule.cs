using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Rules;

/// <summary>A rule of the templates; each finding is a line with the resource and what is wrong with it.</summary>
internal delegate IEnumerable<string> Rule(TemplateSet set);

internal static class AllRules
{
    public static IReadOnlyDictionary<string, Rule> ByName { get; } = new Dictionary<string, Rule>
    {
        [nameof(AlarmExpressions)] = AlarmExpressions.Check,
        [nameof(AlarmBehaviour)] = AlarmBehaviour.Check,
        [nameof(CompositeAlarms)] = CompositeAlarms.Check,
        [nameof(MetricsExist)] = MetricsExist.Check,
        [nameof(FilterPatterns)] = FilterPatterns.Check,
        [nameof(FiltersMatchLines)] = FiltersMatchLines.Check,
        [nameof(LogFields)] = LogFields.Check,
        [nameof(Dashboards)] = Dashboards.Check,
        [nameof(Runbook)] = Runbook.Check,
    };
}
