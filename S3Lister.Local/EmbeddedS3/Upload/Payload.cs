using System.Buffers;
using System.Security.Cryptography;
using S3Lister.Local.EmbeddedS3.Protocol;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Local.EmbeddedS3.Upload;

/// <summary>The decoded body of an upload while it goes by.</summary>
internal sealed class Payload(UploadHeaders headers, Stream? copy, long maxBytes) : IDisposable
{
    // MD5 because an entity tag is one.
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
    private readonly IncrementalHash? _sha256 =
        headers.ContentSha256 is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ObjectChecksum _checksum = new(headers.Algorithm);
    private long _size;

    public void Append(ReadOnlySequence<byte> data)
    {
        foreach (var memory in data)
        {
            _size += memory.Length;
            _md5.AppendData(memory.Span);
            _sha256?.AppendData(memory.Span);
            _checksum.Append(memory.Span);
            if (_size <= maxBytes)
            {
                copy?.Write(memory.Span);
            }
        }
    }

    /// <param name="promised">The checksum that the client sent, or null.</param>
    public (UploadDigest? Digest, S3Error? Error) Finish(string? promised)
    {
        var md5 = _md5.GetCurrentHash();
        var checksum = _checksum.Value();
        S3Error? error = null;
        if (_size > maxBytes)
        {
            error = new S3Error(
                "EntityTooLarge", "Your proposed upload exceeds the maximum allowed object size.", 400);
        }
        else if (headers.Length is { } length && length != _size)
        {
            error = S3Error.IncompleteBody;
        }
        else if (headers.ContentMd5 is { } expected && !expected.AsSpan().SequenceEqual(md5))
        {
            error = S3Error.BadContentMd5;
        }
        else if (_sha256 is not null
            && !string.Equals(
                Convert.ToHexStringLower(_sha256.GetCurrentHash()),
                headers.ContentSha256,
                StringComparison.OrdinalIgnoreCase))
        {
            error = S3Error.ContentSha256Mismatch;
        }
        else if (promised is not null && promised != checksum)
        {
            error = S3Error.BadChecksum(headers.Algorithm);
        }

        return error is null
            ? (new UploadDigest(_size, ETag.FromMd5(md5), headers.Algorithm, checksum), null)
            : (null, error);
    }

    public void Dispose()
    {
        _md5.Dispose();
        _sha256?.Dispose();
        _checksum.Dispose();
    }
}
