namespace S3Lister.Local.EmbeddedS3;

/// <summary>What a request asks for, by S3's names.</summary>
internal enum S3Operation
{
    /// <summary>What the embedded S3 does not know: answered with NotImplemented or MethodNotAllowed.</summary>
    Unknown,
    ListBuckets,
    CreateBucket,
    HeadBucket,
    GetBucketLocation,
    ListObjectsV2,
    DeleteObjects,
    PutObject,
    HeadObject,
    DeleteObject,
    CreateMultipartUpload,
    UploadPart,
    CompleteMultipartUpload,
    AbortMultipartUpload,
}
