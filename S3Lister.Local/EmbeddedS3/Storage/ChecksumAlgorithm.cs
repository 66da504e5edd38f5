namespace S3Lister.Local.EmbeddedS3.Storage;

/// <summary>The checksum algorithms of S3; <see cref="None"/> for objects older than checksums by default.</summary>
internal enum ChecksumAlgorithm : byte
{
    None,
    Crc32,
    Crc32C,
    Crc64Nvme,
    Sha1,
    Sha256,
}

/// <summary>The algorithms by the names that S3 gives them.</summary>
internal static class ChecksumAlgorithms
{
    private static readonly string[] Names = ["", "CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"];

    private static readonly byte[][] Utf8Names = [.. Names.Select(System.Text.Encoding.ASCII.GetBytes)];

    public static IReadOnlyList<ChecksumAlgorithm> All { get; } =
    [
        ChecksumAlgorithm.Crc32,
        ChecksumAlgorithm.Crc32C,
        ChecksumAlgorithm.Crc64Nvme,
        ChecksumAlgorithm.Sha1,
        ChecksumAlgorithm.Sha256,
    ];

    public static ReadOnlySpan<byte> Utf8Name(this ChecksumAlgorithm algorithm) => Utf8Names[(int)algorithm];

    /// <summary>The header or trailer that carries the checksum, such as <c>x-amz-checksum-crc32</c>.</summary>
    public static string Header(this ChecksumAlgorithm algorithm) =>
        $"x-amz-checksum-{Names[(int)algorithm].ToLowerInvariant()}";

    public static ChecksumAlgorithm Parse(string? name) =>
        (ChecksumAlgorithm)int.Max(0, Array.IndexOf(Names, name?.ToUpperInvariant()));
}
