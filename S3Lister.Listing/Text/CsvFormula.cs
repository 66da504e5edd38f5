using System.Buffers;
using System.Globalization;
using System.Text;

namespace S3Lister.Listing.Text;

/// <summary>Detects cells that a spreadsheet could evaluate as formulas (OWASP ASVS 5, 1.2.10).</summary>
internal static class CsvFormula
{
    /// <summary>
    /// The characters that start a formula, and those that programs convert to them: compatibility forms that Unicode
    /// normalization converts to <c>= + - @</c>, and dashes that a Windows code page converts to a hyphen-minus.
    /// </summary>
    private static readonly SearchValues<char> FormulaStarts = SearchValues.Create(
        "=\uff1d\ufe66\u207c\u208c" + "+\uff0b\ufe62\u207a\u208a\ufb29" + "-\uff0d\ufe63\u207b\u208b\u2212\u2010\u2011" + "@\uff20\ufe6b");

    /// <summary>Whether the cell needs a leading apostrophe. So does a cell that begins with one, so that readers can remove it.</summary>
    public static bool NeedsApostrophe(ReadOnlySpan<byte> cell)
    {
        if (cell.IsEmpty || IsHarmless(cell[0]))
        {
            return false;
        }

        if (cell[0] is < (byte)' ' or 0x7f or (byte)'\'')
        {
            return true;
        }

        // Programs ignore leading blanks and invisible characters.
        while (Rune.DecodeFromUtf8(cell, out var rune, out var length) == OperationStatus.Done)
        {
            if (rune.IsBmp && FormulaStarts.Contains((char)rune.Value))
            {
                return true;
            }

            if (!Rune.IsWhiteSpace(rune) && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format))
            {
                return false;
            }

            cell = cell[length..];
        }

        return false;
    }

    /// <summary>The first bytes of nearly all cells: letters, digits, and the quote of an entity tag.</summary>
    private static bool IsHarmless(byte first) => first is > (byte)'@' and < 0x7f or >= (byte)'.' and < (byte)'=' or (byte)'"';
}
