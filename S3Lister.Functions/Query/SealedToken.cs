using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using S3Lister.Listing.Filters;

namespace S3Lister.Functions.Query;

/// <summary>
/// Seals the content of a continuation token with a digest of the bucket, the query and the content, which detects tokens of
/// another query and damaged tokens. A token is not a secret and grants nothing: access is decided from the request alone.
/// </summary>
/// <remarks>A token is the base64url encoding of the version (1 byte), the digest (16 bytes) and the content.</remarks>
internal static class SealedToken
{
    private const int DigestLength = 16;

    /// <summary>The number of bytes before the content.</summary>
    private const int HeaderLength = 1 + DigestLength;

    /// <summary>
    /// In characters. API Gateway limits request line and headers to 10,240 bytes, which include a signature and a session token.
    /// </summary>
    private const int MaxTokenLength = 6144;

    /// <summary>The maximum number of bytes of content, with the listing's prefix in the same request.</summary>
    public static int MaxContentLength(string prefix) => ((MaxTokenLength - Uri.EscapeDataString(prefix).Length) * 3 / 4) - HeaderLength;

    public static string Seal(
        byte version, string bucket, string prefix, string? delimiter, ObjectFilter filter, ReadOnlySpan<byte> content,
        string? endBefore = null)
    {
        var bytes = new byte[HeaderLength + content.Length];
        bytes[0] = version;
        content.CopyTo(bytes.AsSpan(HeaderLength));
        Digest(bucket, prefix, delimiter, filter, endBefore, content, bytes.AsSpan(1, DigestLength));
        return Base64Url.EncodeToString(bytes);
    }

    /// <returns>The content, which is not empty.</returns>
    /// <exception cref="InvalidRequestException">The token does not belong to this query.</exception>
    public static byte[] Open(
        byte version, string bucket, string prefix, string? delimiter, ObjectFilter filter, string token, string? endBefore = null)
    {
        if (token.Length <= MaxTokenLength && Base64Url.IsValid(token))
        {
            var bytes = Base64Url.DecodeFromChars(token);
            Span<byte> digest = stackalloc byte[DigestLength];

            // The comparison rejects other encodings of the same bytes: padding, white space and unused bits.
            if (bytes.Length > HeaderLength && bytes[0] == version && Base64Url.EncodeToString(bytes) == token)
            {
                Digest(bucket, prefix, delimiter, filter, endBefore, bytes.AsSpan(HeaderLength), digest);
                if (digest.SequenceEqual(bytes.AsSpan(1, DigestLength)))
                {
                    return bytes[HeaderLength..];
                }
            }
        }

        throw InvalidRequestException.ContinuationToken();
    }

    private static void Digest(
        string bucket, string prefix, string? delimiter, ObjectFilter filter, string? endBefore, ReadOnlySpan<byte> content,
        Span<byte> digest)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, bucket);
        Append(hash, prefix);
        Append(hash, delimiter ?? "");
        foreach (var value in filter.Canonical)
        {
            Append(hash, value);
        }

        Append(hash, endBefore ?? "");
        hash.AppendData(content);

        Span<byte> full = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(full);
        full[..DigestLength].CopyTo(digest);
    }

    private static void Append(IncrementalHash hash, string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, utf8.Length);
        hash.AppendData(length);
        hash.AppendData(utf8);
    }
}
