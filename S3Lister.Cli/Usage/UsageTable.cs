using System.Globalization;
using S3Lister.Cli.Output;
using S3Lister.Client;

namespace S3Lister.Cli.Usage;

/// <summary>Writes sums: on a terminal as a table with shares, in a pipe as bytes, objects and a name.</summary>
internal static class UsageTable
{
    private const int IndentWidth = 2;

    /// <summary>Folders, largest first, and the whole prefix at the end, in the order of du.</summary>
    public static Task WriteAsync(FolderTree tree, bool isComplete, Terminal terminal)
    {
        if (!terminal.IsTerminal)
        {
            return WriteFieldsAsync(Descendants(tree).Append(tree).Select(folder => (folder.Sums, folder.Name)), terminal);
        }

        var whole = tree.Name.Length == 0 ? "(the whole bucket)" : TerminalText.Escape(tree.Name);
        return WriteRowsAsync("PREFIX", Rows(tree, 0).Append((tree.Sums, isComplete ? whole : $"{whole} (a part)")), tree.Sums.Bytes, terminal);
    }

    /// <summary>Classes in the order given, and the sum of all.</summary>
    public static Task WriteAsync(UsageBreakdown breakdown, Terminal terminal)
    {
        var rows = breakdown.Rows.Select(row => (row.Sums, row.Name));
        return terminal.IsTerminal
            ? WriteRowsAsync(
                breakdown.Title.ToUpperInvariant(), rows.Select(row => (row.Sums, TerminalText.Escape(row.Name))).Append((breakdown.Whole, "(all)")), breakdown.Whole.Bytes, terminal)
            : WriteFieldsAsync(rows, terminal);
    }

    private static async Task WriteFieldsAsync(IEnumerable<(Sum Sums, string Name)> rows, Terminal terminal)
    {
        foreach (var (sums, name) in rows)
        {
            await terminal.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{sums.Bytes}\t{sums.Objects}\t{name}"));
        }
    }

    private static async Task WriteRowsAsync(string title, IEnumerable<(Sum Sums, string Name)> rows, long all, Terminal terminal)
    {
        await terminal.Output.WriteLineAsync(terminal.Bold($"{"SIZE",9}  {"SHARE",7}  {"OBJECTS",13}  {title}"));
        foreach (var (sums, name) in rows)
        {
            await terminal.Output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"{ByteSize.Format(sums.Bytes),9}  {Share(sums.Bytes, all),7}  {sums.Objects,13:#,0}  {name}"));
        }
    }

    private static IEnumerable<FolderTree> Descendants(FolderTree tree) => tree.Folders.SelectMany(folder => Descendants(folder).Prepend(folder));

    /// <summary>Below the first level, names are relative and indented.</summary>
    private static IEnumerable<(Sum Sums, string Name)> Rows(FolderTree tree, int level)
    {
        var indent = new string(' ', level * IndentWidth);
        foreach (var folder in tree.Folders)
        {
            yield return (folder.Sums, indent + TerminalText.Escape(level == 0 ? folder.Name : folder.Name[tree.Name.Length..]));
            foreach (var row in Rows(folder, level + 1))
            {
                yield return row;
            }
        }

        // Of the last level, nothing is named.
        if (tree.Rest.Objects > 0 && (level == 0 || tree.Folders.Count > 0))
        {
            yield return (tree.Rest, $"{indent}(other folders)");
        }

        if (tree.Own.Objects > 0 && (level == 0 || tree.Folders.Count > 0))
        {
            yield return (tree.Own, $"{indent}(not in a folder)");
        }
    }

    private static string Share(long bytes, long all) =>
        all == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * bytes / all:0.0} %");
}
