using System.Text.Json.Nodes;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Rules;

/// <summary>What is sent arrives, and who reads it in chat may not do more: encrypted topics, a key that CloudWatch may use, guardrails.</summary>
internal static class Notifications
{
    public static IEnumerable<string> Check(TemplateSet set)
    {
        foreach (var topic in set.OfType("AWS::SNS::Topic"))
        {
            var key = topic["KmsMasterKeyId"]?["Fn::GetAtt"]?[0].Scalar() ?? topic["KmsMasterKeyId"]?["Ref"].Scalar();
            if (key is null)
            {
                yield return $"{topic}: is not encrypted with a key of ours";
            }
            else if (set.OfType("AWS::KMS::Key").FirstOrDefault(resource => resource.Template == topic.Template && resource.Id == key) is { } found
                && topic.Template == TemplateSet.Observability
                && !found["KeyPolicy"]!["Statement"].Items().Any(Lets("cloudwatch.amazonaws.com")))
            {
                yield return $"{topic}: CloudWatch may not use its key, its alarms would vanish";
            }
        }

        foreach (var policy in set.OfType("AWS::SNS::TopicPolicy").Where(policy => policy.Template == TemplateSet.Observability))
        {
            if (!policy["PolicyDocument"]!["Statement"].Items().Any(Lets("cloudwatch.amazonaws.com")))
            {
                yield return $"{policy}: CloudWatch may not publish";
            }
        }

        foreach (var chat in set.OfType("AWS::Chatbot::SlackChannelConfiguration", "AWS::Chatbot::MicrosoftTeamsChannelConfiguration"))
        {
            if (!chat["GuardrailPolicies"].Items().Any() || chat["GuardrailPolicies"].Texts().Any(text => text.Text.Contains("Administrator", StringComparison.Ordinal)))
            {
                yield return $"{chat}: a channel without guardrails may do all";
            }
        }
    }

    private static Func<JsonNode, bool> Lets(string service) => statement =>
        statement["Effect"].Scalar() == "Allow"
        && statement["Principal"]?["Service"].Items().Any(item => item.Scalar() == service) is true
        && statement["Condition"] is not null;
}
