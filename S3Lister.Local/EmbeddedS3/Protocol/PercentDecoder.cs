using System.Text.Unicode;

namespace S3Lister.Local.EmbeddedS3.Protocol;

/// <summary>Decodes parts of a request target to bytes, before anything normalizes them: keys are bytes.</summary>
internal static class PercentDecoder
{
    /// <summary>Decodes a path: a plus sign is a plus sign.</summary>
    /// <returns>False for a broken escape and for what is not UTF-8.</returns>
    public static bool TryDecodePath(ReadOnlySpan<char> text, out byte[] bytes) => TryDecode(text, '+', out bytes);

    /// <summary>Decodes a name or value of a query: a plus sign is a space.</summary>
    /// <returns>False for a broken escape and for what is not UTF-8.</returns>
    public static bool TryDecodeQuery(ReadOnlySpan<char> text, out byte[] bytes) => TryDecode(text, ' ', out bytes);

    private static bool TryDecode(ReadOnlySpan<char> text, char plus, out byte[] bytes)
    {
        bytes = new byte[text.Length];
        var length = 0;
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (character == '%')
            {
                if (index + 2 >= text.Length
                    || !char.IsAsciiHexDigit(text[index + 1])
                    || !char.IsAsciiHexDigit(text[index + 2]))
                {
                    return false;
                }

                bytes[length++] = (byte)((Digit(text[index + 1]) << 4) | Digit(text[index + 2]));
                index += 2;
            }
            else if (char.IsAscii(character))
            {
                bytes[length++] = (byte)(character == '+' ? plus : character);
            }
            else
            {
                return false;
            }
        }

        Array.Resize(ref bytes, length);
        return Utf8.IsValid(bytes);
    }

    private static int Digit(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
