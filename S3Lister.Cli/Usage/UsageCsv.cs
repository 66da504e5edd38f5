using System.Globalization;
using S3Lister.Cli.Output;
using S3Lister.Client;

namespace S3Lister.Cli.Usage;

/// <summary>Sums as CSV, a row for each folder or class.</summary>
internal static class UsageCsv
{
    public static async Task WriteAsync(FolderTree tree, Terminal terminal)
    {
        await WriteAsync(terminal, "depth,commonPrefix,objects,bytes,ownObjects,ownBytes,restObjects,restBytes,newest,oldest");
        await WriteAsync(tree, 0, terminal);
    }

    public static async Task WriteAsync(UsageBreakdown breakdown, Terminal terminal)
    {
        await WriteAsync(terminal, $"{breakdown.Title},objects,bytes");
        foreach (var (name, sums) in breakdown.Rows)
        {
            await WriteAsync(terminal, $"{Csv.Cell(name)},{Cells(sums)}");
        }
    }

    private static async Task WriteAsync(FolderTree tree, int depth, Terminal terminal)
    {
        await WriteAsync(
            terminal,
            string.Create(CultureInfo.InvariantCulture, $"{depth},{Csv.Cell(tree.Name)},{Cells(tree.Sums)},{Cells(tree.Own)},{Cells(tree.Rest)},{Cell(tree.Newest)},{Cell(tree.Oldest)}"));
        foreach (var folder in tree.Folders)
        {
            await WriteAsync(folder, depth + 1, terminal);
        }
    }

    private static async Task WriteAsync(Terminal terminal, string row) => await terminal.Output.WriteAsync(terminal.Key(row) + "\r\n");

    private static string Cells(Sum sums) => string.Create(CultureInfo.InvariantCulture, $"{sums.Objects},{sums.Bytes}");

    private static string? Cell(DateTimeOffset? instant) => instant?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
