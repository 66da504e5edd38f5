namespace S3Lister.Listing.Text;

/// <summary>
/// Form encoding of UTF-8, with <c>+</c> for a space: how S3 encodes keys under <c>encoding-type=url</c>. S3Lister always
/// requests it, because XML 1.0 cannot represent every key.
/// </summary>
internal static class FormEncoding
{
    /// <returns>The decoded length, or -1 if an escape is malformed.</returns>
    public static int DecodeInPlace(Span<byte> bytes)
    {
        var read = bytes.IndexOfAny((byte)'%', (byte)'+');
        if (read < 0)
        {
            return bytes.Length;
        }

        for (var written = read; ;)
        {
            if (read == bytes.Length)
            {
                return written;
            }

            var value = bytes[read++];
            if (value == '+')
            {
                value = (byte)' ';
            }
            else if (value == '%')
            {
                if (read + 2 > bytes.Length
                    || !char.IsAsciiHexDigit((char)bytes[read])
                    || !char.IsAsciiHexDigit((char)bytes[read + 1]))
                {
                    return -1;
                }

                value = (byte)((Digit(bytes[read]) << 4) | Digit(bytes[read + 1]));
                read += 2;
            }

            bytes[written++] = value;
        }

        static int Digit(byte hex) => hex <= '9' ? hex - '0' : (hex | 0x20) - 'a' + 10;
    }
}
