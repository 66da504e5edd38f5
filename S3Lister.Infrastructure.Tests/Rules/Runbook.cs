using System.Text.RegularExpressions;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Rules;

/// <summary>Each alarm of the observability stack links to a heading of its own name in docs/operations.md.</summary>
internal static partial class Runbook
{
    public const string Page = "docs/operations.md";

    public static IEnumerable<string> Check(TemplateSet set)
    {
        var headings = Heading().Matches(Repository.Read(Page)).Select(match => match.Groups["text"].Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var alarm in set.Rendered("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm").Where(alarm => alarm.Template == TemplateSet.Observability))
        {
            var anchor = Link().Match((string?)alarm["AlarmDescription"] ?? "").Groups["anchor"].Value;
            if (anchor.Length == 0 || anchor.Any(char.IsUpper) || !anchor.Equals(alarm.Id, StringComparison.OrdinalIgnoreCase))
            {
                yield return $"{alarm}: does not link to its own heading";
            }
            else if (!headings.Contains(anchor))
            {
                yield return $"{alarm}: {Page} has no heading for it";
            }
        }
    }

    [GeneratedRegex(@"^#+ (?<text>\w+)\r?$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"Runbook: \S+#(?<anchor>\w+)$")]
    private static partial Regex Link();
}
