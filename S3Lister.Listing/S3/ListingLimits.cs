namespace S3Lister.Listing.S3;

/// <summary>What S3 documents as the bounds of a listing.</summary>
internal static class ListingLimits
{
    /// <summary>Bytes of UTF-8 that a key may have.</summary>
    /// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html"/>
    public const int MaxKeyLength = 1024;

    /// <summary>Objects and common prefixes that S3 returns at most, whatever <c>max-keys</c> is.</summary>
    /// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html"/>
    public const int MaxKeys = 1000;
}
