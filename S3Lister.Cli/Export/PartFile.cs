using System.Text.Json;

namespace S3Lister.Cli.Export;

/// <summary>
/// <c>FILE.part</c>, which grows by whole pages, and <c>FILE.part.json</c>, which says how far it is valid. Whenever the process
/// ends, the pages that the state names are on disk.
/// </summary>
internal sealed class PartFile : IDisposable
{
    private readonly string _path;
    private readonly FileStream _part;

    private PartFile(string path, FileStream part, ExportState state) => (_path, _part, State) = (path, part, state);

    public ExportState State { get; private set; }

    private static string StatePath(string path) => $"{path}.part.json";

    /// <summary>Continues with the files that exist, or starts.</summary>
    /// <exception cref="CommandException">The files are those of another command.</exception>
    public static PartFile Open(string path, ExportState start, bool restart)
    {
        // No other process may write the same export.
#pragma warning disable CA2000 // Disposed of by the object that is returned.
        FileStream part = new($"{path}.part", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
#pragma warning restore CA2000
        try
        {
            var state = restart ? start : ReadState(path) ?? start;
            if (state.Command != start.Command)
            {
                throw new CommandException(
                    ExitCode.Usage, $"{path}.part belongs to another export ({state.Command}). Start again with --restart, or use another file.");
            }

            // A file that is shorter than the state says has lost pages.
            state = part.Length < state.Length ? start : state;
            part.SetLength(state.Length);
            part.Seek(0, SeekOrigin.End);
            return new(path, part, state);
        }
        catch
        {
            part.Dispose();
            throw;
        }
    }

    /// <summary>Appends a page. The state follows when the page is on disk.</summary>
    /// <param name="page">The bytes of the page.</param>
    /// <param name="next">Returns the state for the new length.</param>
    public void Append(ReadOnlySpan<byte> page, Func<long, ExportState> next)
    {
        _part.Write(page);
        _part.Flush(flushToDisk: true);
        Save(next(_part.Length));
    }

    public void Save(ExportState state)
    {
        var temporary = $"{StatePath(_path)}.new";
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(state, CliJson.Default.ExportState));
        File.Move(temporary, StatePath(_path), overwrite: true);
        State = state;
    }

    /// <summary>The whole file gets its name.</summary>
    public void Complete()
    {
        _part.Dispose();
        File.Move($"{_path}.part", _path, overwrite: true);
        File.Delete(StatePath(_path));
    }

    public void Dispose() => _part.Dispose();

    private static ExportState? ReadState(string path)
    {
        try
        {
            return File.Exists(StatePath(path)) ? JsonSerializer.Deserialize(File.ReadAllBytes(StatePath(path)), CliJson.Default.ExportState) : null;
        }
        catch (JsonException exception)
        {
            throw new CommandException(ExitCode.LocalFile, $"{StatePath(path)} is damaged. Start again with --restart.", exception);
        }
    }
}
