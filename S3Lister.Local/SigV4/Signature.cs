using System.Security.Cryptography;
using System.Text;

namespace S3Lister.Local.SigV4;

/// <summary>The arithmetic of Signature Version 4.</summary>
internal static class Signature
{
    /// <summary>The signature in lower-case hexadecimal.</summary>
    public static string Compute(string secretAccessKey, CredentialScope scope, string date, string canonicalRequest)
    {
        var stringToSign = $"{Authorization.Algorithm}\n{date}\n{scope}\n{HashHex(Utf8(canonicalRequest))}";
        var key = Hmac(Utf8($"AWS4{secretAccessKey}"), scope.Date);
        key = Hmac(key, scope.Region);
        key = Hmac(key, scope.Service);
        key = Hmac(key, scope.Terminator);
        return Convert.ToHexStringLower(Hmac(key, stringToSign));
    }

    public static string HashHex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static bool AreEqual(string expected, string actual) =>
        CryptographicOperations.FixedTimeEquals(Utf8(expected), Utf8(actual));

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Utf8(text));

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
