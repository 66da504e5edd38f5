using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using S3Lister.Listing.Filters;

namespace S3Lister.Functions.Query;

/// <summary>
/// What a token carries, with a digest of the bucket, the query and itself, so that a token of another query, a mangled
/// one and one of another version are told from ours. It is no secret and gives no right: what a caller may list is
/// decided from the request alone.
/// </summary>
/// <remarks>Base64url of: version (1 byte), digest (16), the content.</remarks>
internal static class SealedToken
{
    private const int DigestLength = 16;

    /// <summary>Bytes before the content.</summary>
    private const int HeaderLength = 1 + DigestLength;

    /// <summary>
    /// API Gateway accepts 10,240 bytes of request line and headers; a signature and a session's token need some of them.
    /// </summary>
    private const int LongestToken = 6144;

    /// <summary>Bytes of content that a token has room for, where the listing's prefix is in the request too.</summary>
    public static int Room(string prefix) => ((LongestToken - Uri.EscapeDataString(prefix).Length) * 3 / 4) - HeaderLength;

    public static string Seal(
        byte version, string bucket, string prefix, string? delimiter, ObjectFilter filter, ReadOnlySpan<byte> content)
    {
        var bytes = new byte[HeaderLength + content.Length];
        bytes[0] = version;
        content.CopyTo(bytes.AsSpan(HeaderLength));
        Digest(bucket, prefix, delimiter, filter, content, bytes.AsSpan(1, DigestLength));
        return Base64Url.EncodeToString(bytes);
    }

    /// <returns>The content, which is not empty.</returns>
    /// <exception cref="InvalidRequestException">The token is not one that was made for this query.</exception>
    public static byte[] Open(
        byte version, string bucket, string prefix, string? delimiter, ObjectFilter filter, string token)
    {
        if (token.Length <= LongestToken && Base64Url.IsValid(token))
        {
            var bytes = Base64Url.DecodeFromChars(token);
            Span<byte> digest = stackalloc byte[DigestLength];

            // Padding, white space and spare bits would be other spellings of the same bytes.
            if (bytes.Length > HeaderLength && bytes[0] == version && Base64Url.EncodeToString(bytes) == token)
            {
                Digest(bucket, prefix, delimiter, filter, bytes.AsSpan(HeaderLength), digest);
                if (digest.SequenceEqual(bytes.AsSpan(1, DigestLength)))
                {
                    return bytes[HeaderLength..];
                }
            }
        }

        throw InvalidRequestException.ContinuationToken();
    }

    private static void Digest(
        string bucket, string prefix, string? delimiter, ObjectFilter filter, ReadOnlySpan<byte> content, Span<byte> digest)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, bucket);
        Append(hash, prefix);
        Append(hash, delimiter ?? "");
        foreach (var value in filter.Canonical)
        {
            Append(hash, value);
        }

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
