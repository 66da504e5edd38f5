using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using S3Lister.Functions.Query;
using S3Lister.Listing.S3;

namespace S3Lister.Functions.Objects;

/// <summary>The token between two pages of ours. It carries S3's own token, sealed to the query.</summary>
/// <remarks>
/// The content is: the length of the last entry (2 bytes, big-endian), the last entry without the listing's prefix, S3's
/// token. With the last entry a page can be held to going on after the page before: a store that starts again is refused
/// instead of followed in a circle, and a common prefix that it repeats is dropped.
/// </remarks>
internal static class ContinuationToken
{
    private const byte Version = 3;
    private const int LengthSize = sizeof(ushort);

    /// <summary>Whether a token has room for S3's.</summary>
    /// <param name="query">The listing.</param>
    /// <param name="last">The last key or common prefix so far; empty for none.</param>
    /// <param name="s3Token">S3's token for what follows it.</param>
    public static bool Fits(ListObjectsQuery query, ReadOnlySpan<byte> last, string s3Token) =>
        LengthSize + Rest(query, last).Length + Encoding.UTF8.GetByteCount(s3Token) <= SealedToken.Room(query.Prefix);

    /// <param name="bucket">The bucket's name.</param>
    /// <param name="query">The listing.</param>
    /// <param name="last">The last key or common prefix so far; empty for none.</param>
    /// <param name="s3Token">S3's token for what follows it, which fits.</param>
    public static string Encode(string bucket, ListObjectsQuery query, ReadOnlySpan<byte> last, string s3Token)
    {
        var rest = Rest(query, last);
        var content = new byte[LengthSize + rest.Length + Encoding.UTF8.GetByteCount(s3Token)];

        // An entry that is the prefix leaves nothing, which is not the same as no entry.
        BinaryPrimitives.WriteUInt16BigEndian(content, (ushort)(last.IsEmpty ? 0 : rest.Length + 1));
        rest.CopyTo(content.AsSpan(LengthSize));
        Encoding.UTF8.GetBytes(s3Token, content.AsSpan(LengthSize + rest.Length));
        return SealedToken.Seal(Version, bucket, query.Prefix, query.Delimiter, query.Filter, content);
    }

    /// <returns>The last key or common prefix so far, empty for none; and S3's token for what follows it.</returns>
    /// <exception cref="InvalidRequestException">The token is not one that this query's pages made.</exception>
    public static (byte[] Last, string S3Token) Decode(string bucket, ListObjectsQuery query, string token)
    {
        ReadOnlySpan<byte> content = SealedToken.Open(Version, bucket, query.Prefix, query.Delimiter, query.Filter, token);
        if (content.Length > LengthSize)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(content);
            var rest = content[LengthSize..];
            var own = Math.Max(0, length - 1);
            byte[] last = length == 0 ? [] : [.. Encoding.UTF8.GetBytes(query.Prefix), .. rest[..Math.Min(own, rest.Length)]];

            // The digest is no signature.
            if (own < rest.Length && last.Length <= ListingLimits.MaxKeyLength && Utf8.IsValid(last) && Utf8.IsValid(rest[own..]))
            {
                return (last, Encoding.UTF8.GetString(rest[own..]));
            }
        }

        throw InvalidRequestException.ContinuationToken();
    }

    private static ReadOnlySpan<byte> Rest(ListObjectsQuery query, ReadOnlySpan<byte> last) =>
        last.IsEmpty ? last : last[Encoding.UTF8.GetByteCount(query.Prefix)..];
}
