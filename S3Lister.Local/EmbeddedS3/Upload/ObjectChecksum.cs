using System.Buffers.Binary;
using System.Security.Cryptography;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Local.EmbeddedS3.Upload;

/// <summary>Computes one of S3's checksums of an upload.</summary>
internal sealed class ObjectChecksum : IDisposable
{
    private readonly IncrementalHash? _hash;
    private readonly ReflectedCrc? _crc;

    public ObjectChecksum(ChecksumAlgorithm algorithm)
    {
        Algorithm = algorithm;
        switch (algorithm)
        {
            case ChecksumAlgorithm.Crc32:
                _crc = new ReflectedCrc(0xEDB88320, sizeof(uint));
                break;
            case ChecksumAlgorithm.Crc32C:
                _crc = new ReflectedCrc(0x82F63B78, sizeof(uint));
                break;
            case ChecksumAlgorithm.Sha1:
                _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
                break;
            case ChecksumAlgorithm.Sha256:
                _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                break;
            default:
                _crc = new ReflectedCrc(0x9A6C9329AC4BC9B5, sizeof(ulong));
                break;
        }
    }

    public ChecksumAlgorithm Algorithm { get; }

    public void Append(ReadOnlySpan<byte> data)
    {
        _hash?.AppendData(data);
        _crc?.Append(data);
    }

    /// <summary>The checksum as its header has it: base64, numbers with the highest byte first.</summary>
    public string Value()
    {
        if (_hash is not null)
        {
            return Convert.ToBase64String(_hash.GetCurrentHash());
        }

        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, _crc!.Value);
        return Convert.ToBase64String(bytes[^_crc.Bytes..]);
    }

    public void Dispose() => _hash?.Dispose();
}
