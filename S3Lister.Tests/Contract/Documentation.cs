namespace S3Lister.Tests.Contract;

/// <summary>The tables of the documents in <c>docs/</c>.</summary>
internal static class Documentation
{
    /// <returns>The rows, cell by cell, of the table whose header has these cells.</returns>
    public static string[][] Table(string document, params string[] header)
    {
        var lines = File.ReadAllLines(Path.Combine(Root(), "docs", document));
        var start = Array.FindIndex(lines, line => Cells(line).SequenceEqual(header));
        Assert.True(start >= 0, $"{document} has no table of {string.Join(", ", header)}.");
        return [.. lines.Skip(start + 2).TakeWhile(line => line.StartsWith('|')).Select(Cells)];
    }

    private static string[] Cells(string line) => [.. line.Trim().Trim('|').Split(" | ").Select(cell => cell.Trim(' ', '|'))];

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "S3Lister.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return folder.FullName;
    }
}
