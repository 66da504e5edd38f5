using S3Lister.Local.EmbeddedS3.Protocol;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Local.EmbeddedS3.Upload;

/// <summary>What the headers of an upload say of its body.</summary>
internal sealed record UploadHeaders
{
    /// <summary>The body is in aws-chunked encoding.</summary>
    public bool IsAwsChunked { get; private init; }

    /// <summary>Bytes of the decoded body, or null when it is not said.</summary>
    public long? Length { get; private init; }

    /// <summary>The MD5 that the body must have, or null.</summary>
    public byte[]? ContentMd5 { get; private init; }

    /// <summary>The SHA-256 that the body was signed with in hexadecimal, or null.</summary>
    public string? ContentSha256 { get; private init; }

    /// <summary>What checksum the object gets. Without a choice S3 takes CRC64NVME.</summary>
    public ChecksumAlgorithm Algorithm { get; private init; }

    /// <summary>The checksum that the body must have, or null when it comes in the trailer or not at all.</summary>
    public string? Checksum { get; private init; }

    public static UploadHeaders? Parse(HttpRequest request, out S3Error? error)
    {
        var headers = request.Headers;
        var sha256 = headers["x-amz-content-sha256"].ToString();
        var chunked = sha256.StartsWith("STREAMING-", StringComparison.Ordinal)
            || headers.ContentEncoding.ToString().Contains("aws-chunked", StringComparison.OrdinalIgnoreCase);
        var md5 = headers["Content-MD5"].ToString();
        var md5Bytes = new byte[16];
        if (md5.Length > 0 && !(Convert.TryFromBase64String(md5, md5Bytes, out var length) && length == 16))
        {
            error = S3Error.InvalidDigest;
            return null;
        }

        error = null;
        var trailers = headers["x-amz-trailer"].ToString();
        var named = ChecksumAlgorithms.All.FirstOrDefault(algorithm =>
            headers.ContainsKey(algorithm.Header())
            || trailers.Contains(algorithm.Header(), StringComparison.OrdinalIgnoreCase));
        var asked = ChecksumAlgorithms.Parse(headers["x-amz-sdk-checksum-algorithm"]);
        var algorithm = named != ChecksumAlgorithm.None ? named : asked;
        return new UploadHeaders
        {
            IsAwsChunked = chunked,
            Length = chunked && long.TryParse(headers["x-amz-decoded-content-length"], out var decoded)
                ? decoded
                : chunked ? null : request.ContentLength,
            ContentMd5 = md5.Length > 0 ? md5Bytes : null,
            ContentSha256 = sha256.Length == 64 ? sha256 : null,
            Algorithm = algorithm == ChecksumAlgorithm.None ? ChecksumAlgorithm.Crc64Nvme : algorithm,
            Checksum = headers.TryGetValue(named.Header(), out var value) ? value.ToString() : null,
        };
    }
}
