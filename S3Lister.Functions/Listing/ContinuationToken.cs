using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace S3Lister.Functions.Listing;

/// <summary>
/// The token between two pages of ours. It carries S3's own token, and a digest of the bucket, the query and itself,
/// so that a token of another query, a mangled one and one of another version are told from ours. It is no secret and
/// gives no right: what a caller may list is decided from the request alone.
/// </summary>
/// <remarks>
/// Base64url of: version (1 byte), digest (16), fold (8), S3's token (the rest). The fold is a digest of the last
/// common prefix so far, or zero: some S3-compatible stores repeat it at the top of the next page.
/// </remarks>
internal static class ContinuationToken
{
    private const byte Version = 1;
    private const int DigestLength = 16;
    private const int FoldLength = sizeof(ulong);
    private const int HeaderLength = 1 + DigestLength + FoldLength;

    /// <summary>Longer than a token of S3 can make ours; a bound on the work for a foreign one.</summary>
    private const int LongestToken = 8192;

    public static string Encode(string bucket, ListObjectsQuery query, string s3Token, ulong fold)
    {
        var bytes = new byte[HeaderLength + Encoding.UTF8.GetByteCount(s3Token)];
        bytes[0] = Version;
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(1 + DigestLength), fold);
        Encoding.UTF8.GetBytes(s3Token, bytes.AsSpan(HeaderLength));
        Digest(bucket, query, bytes.AsSpan(1 + DigestLength), bytes.AsSpan(1, DigestLength));
        return Base64Url.EncodeToString(bytes);
    }

    /// <exception cref="InvalidRequestException">The token is not one that this query's pages made.</exception>
    public static (string S3Token, ulong Fold) Decode(string bucket, ListObjectsQuery query, string token)
    {
        if (token.Length <= LongestToken && Base64Url.IsValid(token))
        {
            var bytes = Base64Url.DecodeFromChars(token);
            Span<byte> digest = stackalloc byte[DigestLength];

            // Padding, white space and spare bits would be other spellings of the same bytes.
            if (bytes.Length > HeaderLength && bytes[0] == Version && Base64Url.EncodeToString(bytes) == token)
            {
                Digest(bucket, query, bytes.AsSpan(1 + DigestLength), digest);
                if (digest.SequenceEqual(bytes.AsSpan(1, DigestLength)))
                {
                    return (Encoding.UTF8.GetString(bytes.AsSpan(HeaderLength)),
                        BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(1 + DigestLength)));
                }
            }
        }

        throw InvalidRequestException.ContinuationToken();
    }

    /// <summary>Zero for none.</summary>
    public static ulong Fold(ReadOnlySpan<byte> commonPrefix)
    {
        if (commonPrefix.IsEmpty)
        {
            return 0;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(commonPrefix, hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash) | 1;
    }

    private static void Digest(string bucket, ListObjectsQuery query, ReadOnlySpan<byte> content, Span<byte> digest)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, bucket);
        Append(hash, query.Prefix);
        Append(hash, query.Delimiter ?? "");
        foreach (var filter in query.Filter.Canonical)
        {
            Append(hash, filter);
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
