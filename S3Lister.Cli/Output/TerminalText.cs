using System.Globalization;
using System.Text;

namespace S3Lister.Cli.Output;

/// <summary>
/// Text that a terminal can show as one line. Control characters would move the cursor or change the terminal, bidirectional ones
/// would reorder the line, and characters without a width would be invisible.
/// </summary>
internal static class TerminalText
{
    /// <summary>Writes such characters as <c>\xNN</c> or <c>\u{N…}</c>, in hexadecimal.</summary>
    public static string Escape(string text)
    {
        StringBuilder escaped = new(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsUnsafe(rune))
            {
                escaped.Append(rune.ToString());
            }
            else if (rune.Value <= 0xFF)
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:X2}");
            }
            else
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}");
            }
        }

        return escaped.ToString();
    }

    private static bool IsUnsafe(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.OtherNotAssigned
        // The other code points that are ignored by default (Default_Ignorable_Code_Point): fillers and variation selectors.
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x3164
            or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or (>= 0xE0000 and <= 0xE0FFF);
}
