using System.Text.Json.Nodes;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Rules;

/// <summary>
/// In roles and policies no action of a whole service, and nothing on everything but what has no resource of its own; in the
/// policies of resources no stranger, and no service without saying for whom it acts. What the pipeline's roles may do is
/// bounded by names that do not exist yet: eng/delivery/policies simulates it.
/// </summary>
internal static class LeastPrivilege
{
    /// <summary>Actions that IAM knows without a resource.</summary>
    private static readonly string[] WithoutResource =
    [
        "cloudwatch:Describe", "cloudwatch:Get", "cloudwatch:List", "xray:Put", "xray:Get", "logs:DescribeLogGroups", "logs:GetQueryResults", "logs:StopQuery",
        "tag:GetResources", "ec2:Describe", "sts:GetCallerIdentity",
    ];

    private const string Pipeline = "infrastructure/pipeline.template";

    /// <summary>EventBridge does not say for which account or rule it writes to a topic.</summary>
    private const string TellsNobody = "events.amazonaws.com";

    public static IEnumerable<string> Check(TemplateSet set)
    {
        foreach (var (resource, statement) in Identity(set).Where(item => item.Statement["Effect"].Scalar() == "Allow"))
        {
            var actions = statement["Action"].Items().Select(action => action.Scalar() ?? "").ToArray();
            if (statement["NotAction"] is not null || actions.Any(action => action == "*" || action.EndsWith(":*", StringComparison.Ordinal)))
            {
                yield return $"{resource}: allows a whole service";
            }

            if (statement["Resource"].Items().Any(item => item.Scalar() == "*")
                && actions.FirstOrDefault(action => !WithoutResource.Any(known => action.StartsWith(known, StringComparison.Ordinal))) is { } wide)
            {
                yield return $"{resource}: {wide} on everything";
            }
        }

        foreach (var policy in set.OfType("AWS::S3::BucketPolicy", "AWS::SNS::TopicPolicy", "AWS::SQS::QueuePolicy"))
        {
            foreach (var statement in policy["PolicyDocument"]!["Statement"].Items().Where(item => item["Effect"].Scalar() == "Allow"))
            {
                if (statement["Principal"].Scalar() == "*" || (statement["Principal"]?["Service"].Scalar() is { } service && service != TellsNobody && statement["Condition"] is null))
                {
                    yield return $"{policy}: lets anybody, or a service on anybody's behalf";
                }
            }
        }
    }

    private static IEnumerable<(Resource Resource, JsonNode Statement)> Identity(TemplateSet set) => set
        .OfType("AWS::IAM::Role", "AWS::IAM::ManagedPolicy", "AWS::IAM::Policy", "AWS::Serverless::Function")
        .Where(resource => resource.Template != Pipeline)
        .SelectMany(resource => resource["Policies"].Items().Select(policy => policy["PolicyDocument"]).Append(resource["PolicyDocument"])
            .Where(document => document is not null).SelectMany(document => document!["Statement"].Items())
            .Select(statement => (resource, statement)));
}
