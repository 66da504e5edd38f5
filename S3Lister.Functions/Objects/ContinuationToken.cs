using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using S3Lister.Functions.Query;
using S3Lister.Listing.S3;

namespace S3Lister.Functions.Objects;

/// <summary>The token between two pages of the API: S3's token, valid only for its query (<see cref="SealedToken"/>).</summary>
/// <remarks>
/// The content is the length of the last entry (2 bytes, big-endian), the last entry without the listing's prefix, and S3's
/// token. The last entry shows whether the next page continues after it: a store that starts over is rejected instead of
/// followed in a circle, and a common prefix that it repeats is dropped.
/// </remarks>
internal static class ContinuationToken
{
    private const byte Version = 3;
    private const int LengthSize = sizeof(ushort);

    /// <summary>Whether S3's token fits into a token of this API.</summary>
    /// <param name="query">The listing.</param>
    /// <param name="last">The last key or common prefix so far; empty if there is none.</param>
    /// <param name="s3Token">S3's token for the next page.</param>
    public static bool Fits(ListObjectsQuery query, ReadOnlySpan<byte> last, string s3Token) =>
        LengthSize + WithoutPrefix(query, last).Length + Encoding.UTF8.GetByteCount(s3Token) <= SealedToken.MaxContentLength(query.Prefix);

    /// <param name="bucket">The bucket's name.</param>
    /// <param name="query">The listing.</param>
    /// <param name="last">The last key or common prefix so far; empty if there is none.</param>
    /// <param name="s3Token">S3's token for the next page, which fits.</param>
    public static string Encode(string bucket, ListObjectsQuery query, ReadOnlySpan<byte> last, string s3Token)
    {
        var rest = WithoutPrefix(query, last);
        var content = new byte[LengthSize + rest.Length + Encoding.UTF8.GetByteCount(s3Token)];

        // 0 means no entry, 1 an entry that equals the prefix.
        BinaryPrimitives.WriteUInt16BigEndian(content, (ushort)(last.IsEmpty ? 0 : rest.Length + 1));
        rest.CopyTo(content.AsSpan(LengthSize));
        Encoding.UTF8.GetBytes(s3Token, content.AsSpan(LengthSize + rest.Length));
        return SealedToken.Seal(Version, bucket, query.Prefix, query.Delimiter, query.Filter, content, query.EndBefore);
    }

    /// <returns>The last key or common prefix so far, empty for none, and S3's token for the next page.</returns>
    /// <exception cref="InvalidRequestException">The token does not belong to this query.</exception>
    public static (byte[] Last, string S3Token) Decode(string bucket, ListObjectsQuery query, string token)
    {
        ReadOnlySpan<byte> content = SealedToken.Open(
            Version, bucket, query.Prefix, query.Delimiter, query.Filter, token, query.EndBefore);
        if (content.Length > LengthSize)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(content);
            var rest = content[LengthSize..];
            var lastLength = Math.Max(0, length - 1);
            byte[] last = length == 0 ? [] : [.. Encoding.UTF8.GetBytes(query.Prefix), .. rest[..Math.Min(lastLength, rest.Length)]];

            // Validated, because anyone can compute the digest: it is not a signature.
            if (lastLength < rest.Length && last.Length <= ListingLimits.MaxKeyLength && Utf8.IsValid(last) && Utf8.IsValid(rest[lastLength..]))
            {
                return (last, Encoding.UTF8.GetString(rest[lastLength..]));
            }
        }

        throw InvalidRequestException.ContinuationToken();
    }

    private static ReadOnlySpan<byte> WithoutPrefix(ListObjectsQuery query, ReadOnlySpan<byte> last) =>
        last.IsEmpty ? last : last[Encoding.UTF8.GetByteCount(query.Prefix)..];
}
