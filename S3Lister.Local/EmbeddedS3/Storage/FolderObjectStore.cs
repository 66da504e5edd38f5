namespace S3Lister.Local.EmbeddedS3.Storage;

/// <summary>
/// A directory as a bucket, read only and live: keys are the paths of the regular files below it, as
/// <c>find DIR -type f</c> finds them. Links are not followed. The entity tag is made from path, size and time, not
/// from the contents.
/// </summary>
/// <remarks>
/// A file whose name is not UTF-8, whose path is longer than a key can be, or whose directory cannot be read has no
/// place in a listing. None is left out in silence: each is reported once. Pipes, sockets and devices cannot be told
/// from empty files with .NET's own means; they are listed as such.
/// </remarks>
internal sealed class FolderObjectStore : IObjectStore
{
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);
    private readonly Action<string> _report;

    /// <param name="directory">The directory; it must exist.</param>
    /// <param name="report">Takes a line for each path that cannot be listed.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    public FolderObjectStore(string directory, Action<string> report)
    {
        Root = Path.GetFullPath(directory);
        if (!Directory.Exists(Root))
        {
            throw new DirectoryNotFoundException($"There is no directory {directory}.");
        }

        _report = report;
    }

    /// <summary>The directory's full path.</summary>
    public string Root { get; }

    public IObjectCursor OpenCursor() => new FolderCursor(this);

    /// <summary>Says, once for each path, that it cannot be listed.</summary>
    public void Report(string path, string reason)
    {
        lock (_reported)
        {
            if (_reported.Add(path))
            {
                _report($"{path} is not listed: {reason}.");
            }
        }
    }

    /// <summary>Reports a path in which .NET put U+FFFD for bytes that are not UTF-8.</summary>
    public void ReportIfNotUtf8(string path)
    {
        if (path.Contains('\uFFFD', StringComparison.Ordinal))
        {
            Report(path, "its name is not UTF-8, and keys are");
        }
    }
}
