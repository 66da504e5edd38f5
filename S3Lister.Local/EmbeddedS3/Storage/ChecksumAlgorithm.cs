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

internal static class ChecksumAlgorithms
{
    /// <summary>S3's name of the algorithm.</summary>
    public static ReadOnlySpan<byte> Utf8Name(this ChecksumAlgorithm algorithm) => algorithm switch
    {
        ChecksumAlgorithm.Crc32 => "CRC32"u8,
        ChecksumAlgorithm.Crc32C => "CRC32C"u8,
        ChecksumAlgorithm.Crc64Nvme => "CRC64NVME"u8,
        ChecksumAlgorithm.Sha1 => "SHA1"u8,
        ChecksumAlgorithm.Sha256 => "SHA256"u8,
        _ => [],
    };
}
