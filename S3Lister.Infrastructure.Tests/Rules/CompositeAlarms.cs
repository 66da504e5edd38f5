using S3Lister.Infrastructure.Tests.Alarms;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Rules;

/// <summary>Composites name alarms that exist, notify a topic, and are silent in a deployment. Leaves have no actions.</summary>
internal static class CompositeAlarms
{
    public static IEnumerable<string> Check(TemplateSet set)
    {
        var leaves = set.OfType("AWS::CloudWatch::Alarm").ToArray();
        foreach (var leaf in leaves.Where(leaf => leaf["AlarmActions"].Items().Any() || leaf["OKActions"].Items().Any()))
        {
            yield return $"{leaf}: a leaf has actions";
        }

        var composites = set.Rendered("AWS::CloudWatch::CompositeAlarm").ToArray();
        var named = new HashSet<string>();
        foreach (var composite in composites)
        {
            var rule = Parse(composite["AlarmRule"].Scalar() ?? "", out var error);
            if (rule is null)
            {
                yield return $"{composite}: {error}";
                continue;
            }

            foreach (var name in rule.Names)
            {
                named.Add(name);
                if (!leaves.Any(leaf => leaf.Template == composite.Template && leaf.Id == name))
                {
                    yield return $"{composite}: {name} is not an alarm";
                }
            }

            if (composite["AlarmActions"].Items().Count() != 1 || composite["ActionsEnabled"].Scalar() == "false")
            {
                yield return $"{composite}: has no action";
            }

            if (composite["ActionsSuppressor"].Scalar() != "Deploying.Arn")
            {
                yield return $"{composite}: is not silent during a deployment";
            }
        }

        if (set.Paths.Contains(TemplateSet.Observability) && !composites.Any(composite => composite["AlarmActions"].Items().Any(topic => topic.Scalar() == "Pages")))
        {
            yield return "nothing pages";
        }

        foreach (var leaf in leaves.Where(leaf => leaf.Template == TemplateSet.Observability && leaf.Id != "Deploying" && !named.Contains(leaf.Id)))
        {
            yield return $"{leaf}: no composite names it";
        }
    }

    private static CompositeRule? Parse(string text, out string error)
    {
        try
        {
            CompositeRule rule = new(text);
            rule.Holds(static _ => AlarmState.Ok);
            error = "";
            return rule;
        }
        catch (FormatException exception)
        {
            error = exception.Message;
            return null;
        }
    }
}
