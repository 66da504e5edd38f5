using S3Lister.Local.EmbeddedS3.Protocol;

namespace S3Lister.Local.EmbeddedS3;

/// <summary>The operation that method, target and query select.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="NotImplemented">For an unknown one: what S3 has and the embedded S3 does not; null when S3 does not allow the method either.</param>
internal readonly record struct S3Route(S3Operation Operation, string? NotImplemented = null)
{
    // Subresources of S3 that the embedded S3 does not implement. Unknown parameters are ignored, as in S3.
    private static readonly string[] Subresources =
    [
        "abac", "accelerate", "acl", "analytics", "attributes", "cors", "encryption", "intelligent-tiering",
        "inventory", "legal-hold", "lifecycle", "logging", "metadataConfiguration", "metadataTable", "metrics",
        "notification", "object-lock", "ownershipControls", "policy", "policyStatus", "publicAccessBlock",
        "renameObject", "replication", "requestPayment", "restore", "retention", "select", "session", "tagging",
        "torrent", "versionId", "versioning", "versions", "website",
    ];

    public static S3Route Of(string method, S3Target target) =>
        Subresources.FirstOrDefault(target.Query.Contains) is { } subresource
            ? new(S3Operation.Unknown, $"the sub-resource {subresource}")
            : (method, target) switch
            {
                ("GET", { Bucket: "" }) => new(S3Operation.ListBuckets),
                (_, { Bucket: "" }) => default,
                ("PUT" or "POST" or "DELETE", _) => new(S3Operation.Write),
                ("HEAD", { Key: [] }) => new(S3Operation.HeadBucket),
                ("HEAD", _) => new(S3Operation.HeadObject),
                ("GET", { Key: [] }) => OfBucket(target.Query),
                ("GET", _) => new(S3Operation.Unknown, "GetObject: contents are not kept"),
                _ => default,
            };

    private static S3Route OfBucket(S3Query query) =>
        query.Contains("location") ? new(S3Operation.GetBucketLocation)
        : query.Text("list-type") == "2" ? new(S3Operation.ListObjectsV2)
        : new(S3Operation.Unknown, "ListObjects; use ListObjectsV2");
}
