namespace S3Lister.Local.EmbeddedS3.Protocol;

/// <summary>Limits that S3 documents.</summary>
internal static class S3Limits
{
    /// <summary>The longest key, in bytes of UTF-8.</summary>
    public const int MaxKeyBytes = 1024;

    /// <summary>The most entries of a page.</summary>
    public const int MaxKeysOfPage = 1000;
}
