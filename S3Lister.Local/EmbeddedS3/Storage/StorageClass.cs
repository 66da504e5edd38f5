namespace S3Lister.Local.EmbeddedS3.Storage;

/// <summary>S3's storage classes of general purpose buckets.</summary>
internal enum StorageClass : byte
{
    Standard,
    ReducedRedundancy,
    StandardIA,
    OneZoneIA,
    IntelligentTiering,
    Glacier,
    GlacierIR,
    DeepArchive,
}

/// <summary>S3's names of the storage classes.</summary>
internal static class StorageClasses
{
    private static readonly string[] Names =
    [
        "STANDARD",
        "REDUCED_REDUNDANCY",
        "STANDARD_IA",
        "ONEZONE_IA",
        "INTELLIGENT_TIERING",
        "GLACIER",
        "GLACIER_IR",
        "DEEP_ARCHIVE",
    ];

    private static readonly byte[][] Utf8Names = [.. Names.Select(System.Text.Encoding.ASCII.GetBytes)];

    public static string Name(this StorageClass storageClass) => Names[(int)storageClass];

    public static ReadOnlySpan<byte> Utf8Name(this StorageClass storageClass) => Utf8Names[(int)storageClass];
}
