using System.Text;

namespace S3Lister.Cli;

/// <summary>CSV (RFC 4180) as the API writes it.</summary>
internal static class Csv
{
    private static ReadOnlySpan<byte> LineBreak => "\r\n"u8;

    /// <summary>
    /// A cell. One that a spreadsheet could evaluate as a formula gets a leading apostrophe, and so does every other one that begins with
    /// something else than a letter, a digit or <c>. / _ (</c>. To restore a cell, remove one leading apostrophe.
    /// </summary>
    public static string Cell(string text)
    {
        var first = text.EnumerateRunes().FirstOrDefault(new Rune('.'));
        var safe = Rune.IsLetterOrDigit(first) || first.Value is '.' or '/' or '_' or '(' ? text : $"'{text}";
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    /// <returns>The rows of a page. The header has no quotes, so it ends at the first line break.</returns>
    public static ReadOnlySpan<byte> WithoutHeader(ReadOnlySpan<byte> page) => page[(page.IndexOf(LineBreak) + LineBreak.Length)..];
}
