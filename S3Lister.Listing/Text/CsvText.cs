using System.Buffers;

namespace S3Lister.Listing.Text;

/// <summary>CSV (RFC 4180) in UTF-8.</summary>
internal static class CsvText
{
    private static readonly SearchValues<byte> Quoted = SearchValues.Create(",\"\r\n"u8);

    /// <summary>
    /// Appends a cell. One that a spreadsheet could evaluate, or that begins with an apostrophe, gets a leading apostrophe
    /// (<see cref="CsvFormula"/>). To restore a cell, remove one leading apostrophe.
    /// </summary>
    public static void AppendCell(this Utf8Buffer csv, ReadOnlySpan<byte> cell)
    {
        var quoted = cell.ContainsAny(Quoted);
        csv.Append(quoted ? "\""u8 : []);
        csv.Append(CsvFormula.NeedsApostrophe(cell) ? "'"u8 : []);
        for (int quote; (quote = cell.IndexOf((byte)'"')) >= 0; cell = cell[(quote + 1)..])
        {
            csv.Append(cell[..quote]);
            csv.Append("\"\""u8);
        }

        csv.Append(cell);
        csv.Append(quoted ? "\""u8 : []);
    }

    /// <summary>Appends an instant (RFC 3339).</summary>
    public static void AppendInstant(this Utf8Buffer text, DateTime instant) =>
        text.Advance(Rfc3339.Write(instant, text.GetSpan(Rfc3339.MaxLength)));
}
