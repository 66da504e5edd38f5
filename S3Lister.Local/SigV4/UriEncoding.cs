using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace S3Lister.Local.SigV4;

/// <summary>RFC 3986 as Signature Version 4 uses it: only unreserved characters stay, hex digits are upper case.</summary>
internal static partial class UriEncoding
{
    private const string Hex = "0123456789ABCDEF";

    public static string Encode(string value, bool keepSlash = false) =>
        Encode(Encoding.UTF8.GetBytes(value), keepSlash);

    public static string Encode(ReadOnlySpan<byte> bytes, bool keepSlash = false)
    {
        var encoded = new StringBuilder(bytes.Length);
        foreach (var octet in bytes)
        {
            if (IsUnreserved(octet) || (keepSlash && octet == '/'))
            {
                encoded.Append((char)octet);
            }
            else
            {
                encoded.Append('%').Append(Hex[octet >> 4]).Append(Hex[octet & 15]);
            }
        }

        return encoded.ToString();
    }

    /// <summary>The decoded bytes. A malformed escape is kept as it is, and so is a plus sign unless <paramref name="plusIsSpace"/>.</summary>
    public static byte[] Decode(string value, bool plusIsSpace = false)
    {
        var bytes = Encoding.UTF8.GetBytes(plusIsSpace ? value : value.Replace("+", "%2B", StringComparison.Ordinal));
        return WebUtility.UrlDecodeToBytes(bytes, 0, bytes.Length)!;
    }

    /// <summary>Decodes and returns false for a malformed escape, for a character that had to be encoded, and for what is not UTF-8.</summary>
    public static bool TryDecode(string value, bool plusIsSpace, out byte[] bytes)
    {
        bytes = Decode(value, plusIsSpace);
        return !Malformed().IsMatch(value) && Utf8.IsValid(bytes);
    }

    public static string DecodeText(string value, bool plusIsSpace = false) =>
        Encoding.UTF8.GetString(Decode(value, plusIsSpace));

    public static bool IsUnreserved(byte octet) =>
        char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~';

    [GeneratedRegex(@"%(?![0-9A-Fa-f]{2})|[^\0-\x7F]")]
    private static partial Regex Malformed();
}
