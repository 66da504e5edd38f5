using System.Security.Cryptography;
using System.Text;

namespace S3Lister.Local.EmbeddedS3.Listing;

/// <summary>
/// Tokens as opaque as S3's: the place where the next page begins, encrypted, bound to the bucket. They mean the same
/// after a restart, and the same page has the same token.
/// </summary>
internal static class ContinuationToken
{
    private const int NonceSize = 12;
    private const int TagSize = 16;

    // Not a secret: it keeps clients from reading tokens or making their own, not an attacker from anything.
    private static readonly byte[] Key = SHA256.HashData("S3Lister embedded S3 continuation token"u8);

    public static string Create(string bucket, ReadOnlySpan<byte> place)
    {
        var token = new byte[NonceSize + TagSize + place.Length];
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Key, place, hash);
        hash[..NonceSize].CopyTo(token);
        using var cipher = new AesGcm(Key, TagSize);
        cipher.Encrypt(
            token.AsSpan(0, NonceSize),
            place,
            token.AsSpan(NonceSize + TagSize),
            token.AsSpan(NonceSize, TagSize),
            Encoding.UTF8.GetBytes(bucket));
        return Convert.ToBase64String(token);
    }

    /// <returns>The place, or null for what is not a token of this bucket.</returns>
    public static byte[]? Read(string bucket, string text)
    {
        var token = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, token, out var length) || length <= NonceSize + TagSize)
        {
            return null;
        }

        var place = new byte[length - NonceSize - TagSize];
        using var cipher = new AesGcm(Key, TagSize);
        try
        {
            cipher.Decrypt(
                token.AsSpan(0, NonceSize),
                token.AsSpan(NonceSize + TagSize, place.Length),
                token.AsSpan(NonceSize, TagSize),
                place,
                Encoding.UTF8.GetBytes(bucket));
            return place;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
