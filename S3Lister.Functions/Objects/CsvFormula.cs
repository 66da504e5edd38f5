using System.Buffers;
using System.Globalization;
using System.Text;

namespace S3Lister.Functions.Objects;

/// <summary>Which cells a spreadsheet could run instead of showing them (OWASP ASVS 5, 1.2.10).</summary>
internal static class CsvFormula
{
    /// <summary>
    /// What begins a formula, and what programs make of it: compatibility forms that Unicode's normalization turns into
    /// <c>= + - @</c>, and dashes that a conversion to a Windows code page turns into a hyphen-minus.
    /// </summary>
    private static readonly SearchValues<char> Signs = SearchValues.Create(
        "=\uff1d\ufe66\u207c\u208c" + "+\uff0b\ufe62\u207a\u208a\ufb29" + "-\uff0d\ufe63\u207b\u208b\u2212\u2010\u2011" + "@\uff20\ufe6b");

    /// <summary>Whether an apostrophe goes in front: also of a cell that has one there already, so that one can be taken away.</summary>
    public static bool NeedsMark(ReadOnlySpan<byte> cell)
    {
        if (cell.IsEmpty || IsHarmless(cell[0]))
        {
            return false;
        }

        if (cell[0] is < (byte)' ' or 0x7f or (byte)'\'')
        {
            return true;
        }

        // Blanks and invisible characters in front are skipped, as programs skip them.
        while (Rune.DecodeFromUtf8(cell, out var rune, out var length) == OperationStatus.Done)
        {
            if (rune.IsBmp && Signs.Contains((char)rune.Value))
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

    /// <summary>What nearly every cell begins with: letters, digits, and the quote of an entity tag.</summary>
    private static bool IsHarmless(byte first) => first is > (byte)'@' and < 0x7f or >= (byte)'.' and < (byte)'=' or (byte)'"';
}
