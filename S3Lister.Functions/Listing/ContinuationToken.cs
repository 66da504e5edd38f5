using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace S3Lister.Functions.Listing;

/// <summary>The token between two pages of ours. It carries S3's own token, sealed to the query.</summary>
/// <remarks>
/// The content is: fold (8 bytes), S3's token (the rest). The fold is a digest of the last common prefix so far, or zero:
/// some S3-compatible stores repeat it at the top of the next page.
/// </remarks>
internal static class ContinuationToken
{
    private const byte Version = 1;
    private const int FoldLength = sizeof(ulong);

    public static string Encode(string bucket, ListObjectsQuery query, string s3Token, ulong fold)
    {
        var content = new byte[FoldLength + Encoding.UTF8.GetByteCount(s3Token)];
        BinaryPrimitives.WriteUInt64BigEndian(content, fold);
        Encoding.UTF8.GetBytes(s3Token, content.AsSpan(FoldLength));
        return SealedToken.Seal(Version, bucket, query.Prefix, query.Delimiter, query.Filter, content);
    }

    /// <exception cref="InvalidRequestException">The token is not one that this query's pages made.</exception>
    public static (string S3Token, ulong Fold) Decode(string bucket, ListObjectsQuery query, string token)
    {
        var content = SealedToken.Open(Version, bucket, query.Prefix, query.Delimiter, query.Filter, token);
        return content.Length > FoldLength
            ? (Encoding.UTF8.GetString(content.AsSpan(FoldLength)), BinaryPrimitives.ReadUInt64BigEndian(content))
            : throw InvalidRequestException.ContinuationToken();
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
}
