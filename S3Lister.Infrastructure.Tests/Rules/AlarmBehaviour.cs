using S3Lister.Infrastructure.Tests.Alarms;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Rules;

/// <summary>The alarms change state and notify as each <see cref="Scenario"/> says.</summary>
internal static class AlarmBehaviour
{
    public static IEnumerable<string> Check(TemplateSet set) => Scenario.All.SelectMany(scenario => scenario.Faults(set));
}
