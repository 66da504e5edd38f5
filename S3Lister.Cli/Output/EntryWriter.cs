using System.Globalization;

namespace S3Lister.Cli.Output;

/// <summary>Writes rows: on a terminal as a table for people, in a pipe as fields that are separated by tabs.</summary>
/// <param name="isLong">Whether the table has seconds and the storage class.</param>
internal sealed class EntryWriter(Terminal terminal, bool isLong)
{
    private const string Unknown = "-";

    /// <summary>The longest class is INTELLIGENT_TIERING.</summary>
    private const int ClassWidth = 19;

    private bool _hasHeader;

    public async Task WriteAsync(Entry entry)
    {
        if (!terminal.IsTerminal)
        {
            await terminal.Output.WriteLineAsync(
                $"{Bytes(entry)}\t{Modified(entry, "yyyy-MM-dd'T'HH:mm:ss'Z'")}\t{entry.Object?.StorageClass ?? Unknown}\t{entry.Key}");
            return;
        }

        if (!_hasHeader)
        {
            await terminal.Output.WriteLineAsync(terminal.Bold(Row("SIZE", "MODIFIED (UTC)", "CLASS", "KEY")));
            _hasHeader = true;
        }

        var key = TerminalText.Escape(entry.Key);
        await terminal.Output.WriteLineAsync(Row(
            Size(entry),
            Modified(entry, isLong ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm"),
            entry.Object?.StorageClass ?? Unknown,
            entry.Object is null ? terminal.Bold(key) : key));
    }

    private static string Bytes(Entry entry) => entry.Size?.ToString(CultureInfo.InvariantCulture) ?? Unknown;

    private static string Size(Entry entry) =>
        entry.Size is { } size ? (entry.IsPartial ? ">" : "") + ByteSize.Format(size) : Unknown;

    private static string Modified(Entry entry, string format) =>
        entry.Object?.LastModified.UtcDateTime.ToString(format, CultureInfo.InvariantCulture) ?? Unknown;

    private string Row(string size, string modified, string storageClass, string key) =>
        $"{size,9}  {modified.PadRight(isLong ? 19 : 16)}  {(isLong ? storageClass.PadRight(ClassWidth) + "  " : "")}{key}";
}
