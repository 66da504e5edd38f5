using System.Text.Json.Nodes;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Rules;

/// <summary>
/// Each bucket's policy denies plain HTTP in the one form that AWS's own checkers know: everything, to everyone, on the bucket
/// and what is in it, and on no other condition.
/// </summary>
internal static class TransportDeny
{
    private static readonly JsonNode Condition = JsonNode.Parse("""{ "Bool": { "aws:SecureTransport": "false" } }""")!;

    public static IEnumerable<string> Check(TemplateSet set) => set.OfType("AWS::S3::Bucket")
        .Where(bucket => !set.OfType("AWS::S3::BucketPolicy")
            .Where(policy => policy.Template == bucket.Template && Names(policy["Bucket"], bucket))
            .SelectMany(policy => policy["PolicyDocument"]!["Statement"].Items())
            .Any(statement => Denies(statement, bucket.Id)))
        .Select(bucket => $"{bucket}: its policy does not deny plain HTTP");

    private static bool Denies(JsonNode statement, string bucket) =>
        statement["Effect"].Scalar() == "Deny"
        && (statement["Principal"].Scalar() == "*" || statement["Principal"]?["AWS"].Scalar() == "*")
        && statement["Action"].Scalar() == "s3:*"
        && JsonNode.DeepEquals(statement["Condition"], Condition)
        && statement["Resource"].Items().Count() == 2
        && statement["Resource"].Items().All(resource => resource.Texts().Any(text => text.Text.Contains(bucket, StringComparison.Ordinal)))
        && statement["Resource"].Items().Count(resource => resource.Texts().Any(text => text.Text.EndsWith("/*", StringComparison.Ordinal))) == 1;

    private static bool Names(JsonNode? reference, Resource bucket) =>
        reference?["Ref"].Scalar() == bucket.Id || JsonNode.DeepEquals(reference, bucket["BucketName"]);
}
