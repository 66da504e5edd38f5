using S3Lister.Local.EmbeddedS3.Protocol;

namespace S3Lister.Local.EmbeddedS3;

/// <summary>The operation that a method, a target and the names in its query ask for.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Missing">For an unknown one: what it would be, or null when the method makes no sense here.</param>
internal readonly record struct S3Route(S3Operation Operation, string? Missing)
{
    // Sub-resources that S3 has and the embedded S3 has not. Others are ignored, as S3 ignores them.
    private static readonly string[] SubResources =
    [
        "abac", "accelerate", "acl", "analytics", "attributes", "cors", "encryption", "intelligent-tiering",
        "inventory", "legal-hold", "lifecycle", "logging", "metadataConfiguration", "metadataTable", "metrics",
        "notification", "object-lock", "ownershipControls", "policy", "policyStatus", "publicAccessBlock",
        "renameObject", "replication", "requestPayment", "restore", "retention", "select", "session", "tagging",
        "torrent", "versionId", "versioning", "versions", "website",
    ];

    public static S3Route Of(string method, S3Target target)
    {
        foreach (var name in SubResources)
        {
            if (target.Query.Contains(name))
            {
                return NotImplemented($"the sub-resource {name}");
            }
        }

        return target switch
        {
            { Bucket: "" } => method == "GET" ? new S3Route(S3Operation.ListBuckets, null) : default,
            { Key: [] } => OfBucket(method, target.Query),
            _ => OfObject(method, target.Query),
        };
    }

    private static S3Route OfBucket(string method, S3Query query) => method switch
    {
        "GET" when query.Contains("location") => new S3Route(S3Operation.GetBucketLocation, null),
        "GET" when query.Contains("uploads") => NotImplemented("ListMultipartUploads"),
        "GET" when query.Text("list-type") == "2" => new S3Route(S3Operation.ListObjectsV2, null),
        "GET" => NotImplemented("ListObjects; use ListObjectsV2"),
        "HEAD" => new S3Route(S3Operation.HeadBucket, null),
        "PUT" => new S3Route(S3Operation.CreateBucket, null),
        "POST" when query.Contains("delete") => new S3Route(S3Operation.DeleteObjects, null),
        "POST" => NotImplemented("POST of forms"),
        "DELETE" => NotImplemented("DeleteBucket"),
        _ => default,
    };

    private static S3Route OfObject(string method, S3Query query) => method switch
    {
        "GET" when query.Contains("uploadId") => NotImplemented("ListParts"),
        "GET" => NotImplemented("GetObject: contents are not kept"),
        "HEAD" => new S3Route(S3Operation.HeadObject, null),
        "PUT" when query.Contains("uploadId") => new S3Route(S3Operation.UploadPart, null),
        "PUT" => new S3Route(S3Operation.PutObject, null),
        "POST" when query.Contains("uploads") => new S3Route(S3Operation.CreateMultipartUpload, null),
        "POST" when query.Contains("uploadId") => new S3Route(S3Operation.CompleteMultipartUpload, null),
        "DELETE" when query.Contains("uploadId") => new S3Route(S3Operation.AbortMultipartUpload, null),
        "DELETE" => new S3Route(S3Operation.DeleteObject, null),
        _ => default,
    };

    private static S3Route NotImplemented(string what) => new(S3Operation.Unknown, what);
}
