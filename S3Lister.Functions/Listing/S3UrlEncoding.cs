using System.Text;
using System.Text.Unicode;

namespace S3Lister.Functions.Listing;

/// <summary>
/// What S3 does to keys under <c>encoding-type=url</c>: form encoding of the key's UTF-8 bytes, a space as <c>+</c>.
/// It is asked for always, because XML 1.0 cannot hold every key.
/// </summary>
internal static class S3UrlEncoding
{
    /// <summary>The bytes of the key, prefix or delimiter.</summary>
    /// <param name="text">As the answer has it.</param>
    /// <param name="encoded">Whether the answer says that it is encoded; if not, the text is taken as it is.</param>
    /// <exception cref="FormatException">It is not encoded so, or what it decodes to is no UTF-8.</exception>
    public static byte[] Decode(string text, bool encoded)
    {
        // The encoding is ASCII: this is what a reader puts where there was no UTF-8.
        if (encoded && text.Contains(Rune.ReplacementChar.ToString(), StringComparison.Ordinal))
        {
            throw new FormatException("Not UTF-8.");
        }

        var utf8 = Encoding.UTF8.GetBytes(text);
        if (!encoded || utf8.AsSpan().IndexOfAny((byte)'%', (byte)'+') < 0)
        {
            return utf8;
        }

        var length = DecodeInPlace(utf8);
        return length >= 0 && Utf8.IsValid(utf8.AsSpan(0, length))
            ? utf8[..length]
            : throw new FormatException("Not the URL encoding of UTF-8.");
    }

    /// <returns>The decoded length, or -1.</returns>
    public static int DecodeInPlace(Span<byte> bytes)
    {
        var written = 0;
        for (var read = 0; read < bytes.Length; read++)
        {
            var value = bytes[read];
            if (value == '+')
            {
                value = (byte)' ';
            }
            else if (value == '%')
            {
                if (read + 2 >= bytes.Length
                    || !char.IsAsciiHexDigit((char)bytes[read + 1])
                    || !char.IsAsciiHexDigit((char)bytes[read + 2]))
                {
                    return -1;
                }

                value = (byte)((Digit(bytes[read + 1]) << 4) | Digit(bytes[read + 2]));
                read += 2;
            }

            bytes[written++] = value;
        }

        return written;

        static int Digit(byte hex) => hex <= '9' ? hex - '0' : (hex | 0x20) - 'a' + 10;
    }
}
