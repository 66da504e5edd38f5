namespace S3Lister.Local.EmbeddedS3;

/// <summary>The operation of a request, by S3's names.</summary>
internal enum S3Operation
{
    /// <summary>Not implemented here, or not an operation of S3's.</summary>
    Unknown,
    ListBuckets,
    HeadBucket,
    GetBucketLocation,
    ListObjectsV2,
    HeadObject,

    /// <summary>Any operation that changes a bucket or an object: the embedded S3 is read only over HTTP.</summary>
    Write,
}
