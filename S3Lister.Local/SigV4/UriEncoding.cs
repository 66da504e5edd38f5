using System.Text;

namespace S3Lister.Local.SigV4;

/// <summary>RFC 3986 as Signature Version 4 uses it: only unreserved characters stay, hex digits are upper case.</summary>
internal static class UriEncoding
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

    /// <summary>
    /// The bytes behind the percent signs. A percent sign that starts no escape stands for itself, and so does a plus
    /// sign unless <paramref name="plusIsSpace"/>.
    /// </summary>
    public static byte[] Decode(string value, bool plusIsSpace = false)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var octet = bytes[i];
            if (octet == '%' && i + 2 < bytes.Length
                && char.IsAsciiHexDigit((char)bytes[i + 1]) && char.IsAsciiHexDigit((char)bytes[i + 2]))
            {
                octet = (byte)((Digit(bytes[i + 1]) << 4) | Digit(bytes[i + 2]));
                i += 2;
            }
            else if (octet == '+' && plusIsSpace)
            {
                octet = (byte)' ';
            }

            bytes[length++] = octet;
        }

        return bytes[..length];
    }

    public static string DecodeText(string value, bool plusIsSpace = false) =>
        Encoding.UTF8.GetString(Decode(value, plusIsSpace));

    public static bool IsUnreserved(byte octet) =>
        char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~';

    private static int Digit(byte octet) => octet <= '9' ? octet - '0' : (octet | 0x20) - 'a' + 10;
}
