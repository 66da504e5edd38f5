using System.Globalization;
using System.Text;

namespace S3Lister.Listing.Xml;

/// <summary>Decodes the five entities of XML and character references.</summary>
internal static class XmlEntities
{
    /// <returns>The decoded length.</returns>
    /// <exception cref="FormatException">An entity is unknown, or a character reference is not a character.</exception>
    public static int DecodeInPlace(Span<byte> text)
    {
        var written = 0;
        for (var read = 0; ;)
        {
            var plain = text[read..].IndexOf((byte)'&') is var ampersand and >= 0 ? ampersand : text.Length - read;
            if (read != written)
            {
                text.Slice(read, plain).CopyTo(text[written..]);
            }

            (read, written) = (read + plain, written + plain);
            if (read == text.Length)
            {
                return written;
            }

            var length = text[read..].IndexOf((byte)';');
            if (length < 0)
            {
                throw new FormatException("An entity does not end with a semicolon.");
            }

            // It always fits: "&#1;" is the shortest, and a character of four bytes needs at least "&#65536;".
            written += Decode(text.Slice(read + 1, length - 1)).EncodeToUtf8(text[written..]);
            read += length + 1;
        }
    }

    private static Rune Decode(ReadOnlySpan<byte> entity) => entity switch
    {
        [(byte)'q', (byte)'u', (byte)'o', (byte)'t'] => new('"'),
        [(byte)'a', (byte)'m', (byte)'p'] => new('&'),
        [(byte)'l', (byte)'t'] => new('<'),
        [(byte)'g', (byte)'t'] => new('>'),
        [(byte)'a', (byte)'p', (byte)'o', (byte)'s'] => new('\''),
        [(byte)'#', (byte)'x', .. var digits] => Character(digits, NumberStyles.AllowHexSpecifier),
        [(byte)'#', .. var digits] => Character(digits, NumberStyles.None),
        _ => throw new FormatException("An entity is unknown."),
    };

    private static Rune Character(ReadOnlySpan<byte> digits, NumberStyles style) =>
        int.TryParse(digits, style, CultureInfo.InvariantCulture, out var number) && number > 0 && Rune.IsValid(number)
            ? new(number)
            : throw new FormatException("A character reference is not a valid character.");
}
