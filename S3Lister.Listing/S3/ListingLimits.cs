namespace S3Lister.Listing.S3;

/// <summary>S3's documented limits.</summary>
internal static class ListingLimits
{
    /// <summary>The maximum length of a key, in bytes of UTF-8.</summary>
    /// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html"/>
    public const int MaxKeyLength = 1024;

    /// <summary>
    /// The maximum number of objects and common prefixes of a page; S3 does not return more for a larger <c>max-keys</c>.
    /// </summary>
    /// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html"/>
    public const int MaxKeys = 1000;
}
