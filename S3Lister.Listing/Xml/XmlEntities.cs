using System.Globalization;
using System.Text;

namespace S3Lister.Listing.Xml;

/// <summary>The five entities of XML, and references to characters by their number.</summary>
internal static class XmlEntities
{
    /// <returns>The decoded length.</returns>
    /// <exception cref="FormatException">There is an entity of another name, or a number that is no character's.</exception>
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
                throw new FormatException("An entity has no end.");
            }

            // "&#1;" is the shortest, and four bytes of UTF-8 need "&#65536;": it always fits.
            written += Character(text.Slice(read + 1, length - 1)).EncodeToUtf8(text[written..]);
            read += length + 1;
        }
    }

    private static Rune Character(ReadOnlySpan<byte> entity)
    {
        if (entity.SequenceEqual("quot"u8))
        {
            return new('"');
        }

        if (entity.SequenceEqual("amp"u8))
        {
            return new('&');
        }

        if (entity.SequenceEqual("lt"u8))
        {
            return new('<');
        }

        if (entity.SequenceEqual("gt"u8))
        {
            return new('>');
        }

        if (entity.SequenceEqual("apos"u8))
        {
            return new('\'');
        }

        var isNumber = entity.StartsWith("#x"u8)
            ? int.TryParse(entity[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
            : int.TryParse(entity.StartsWith("#"u8) ? entity[1..] : [], NumberStyles.None, CultureInfo.InvariantCulture, out number);
        return isNumber && number > 0 && Rune.IsValid(number)
            ? new(number)
            : throw new FormatException("An entity is none of XML's.");
    }
}
