using System.Text.RegularExpressions;

namespace S3Lister.Testing;

/// <summary>A table of a Markdown page: its rows, cell by cell, without the heading.</summary>
internal static partial class Table
{
    /// <param name="file">The page.</param>
    /// <param name="heading">The first cell of the table's heading.</param>
    /// <param name="second">The second one, where the first is not enough.</param>
    public static IReadOnlyList<string[]> Read(string file, string heading, string? second = null) =>
    [
        .. Repository.Read(file).Split('\n')
            .SkipWhile(line => Cells(line) is not [var first, ..] cells || first != heading || (second is not null && cells[1] != second))
            .TakeWhile(line => line.StartsWith('|'))
            .Skip(2)
            .Select(Cells),
    ];

    /// <summary>The text between backticks.</summary>
    public static string[] Code(string cell) => [.. InBackticks().Matches(cell).Select(match => match.Groups[1].Value)];

    private static string[] Cells(string line) =>
        line.StartsWith('|') ? [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim())] : [];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex InBackticks();
}
