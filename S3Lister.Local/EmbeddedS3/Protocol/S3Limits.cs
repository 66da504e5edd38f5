namespace S3Lister.Local.EmbeddedS3.Protocol;

/// <summary>Limits that S3 documents.</summary>
internal static class S3Limits
{
    /// <summary>The longest key, in bytes of UTF-8.</summary>
    public const int MaxKeyBytes = 1024;

    /// <summary>The most entries of a page, and of a DeleteObjects request.</summary>
    public const int MaxKeysOfPage = 1000;

    /// <summary>The highest part number of a multipart upload.</summary>
    public const int MaxPartNumber = 10_000;
}
