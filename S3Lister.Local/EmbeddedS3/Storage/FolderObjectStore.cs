using S3Lister.Local.EmbeddedS3.Protocol;

namespace S3Lister.Local.EmbeddedS3.Storage;

/// <summary>
/// A directory as a bucket, read only and live: keys are the paths of the regular files below it, as
/// <c>find DIR -type f</c> finds them. Links are not followed, so that nothing outside the directory is listed, nothing
/// twice, and a loop does not matter. The entity tag is made from path, size and time, not from the contents.
/// </summary>
/// <remarks>
/// A file whose name is not UTF-8, whose path is longer than a key can be, or whose directory cannot be read has no
/// place in a listing; each is reported once. Links, FIFOs, sockets and devices are not files; <see cref="FolderSurvey"/>
/// counts them.
/// </remarks>
internal sealed class FolderObjectStore : IObjectStore
{
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);
    private readonly Action<string> _report;

    /// <param name="directory">The directory; it must exist.</param>
    /// <param name="report">Receives a line for each path that cannot be listed.</param>
    /// <exception cref="DirectoryNotFoundException">The directory does not exist.</exception>
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

    /// <summary>Reports, once for each path, that it cannot be listed; what is not a file is only counted, at the start.</summary>
    public void Report(string path, LeftOut reason)
    {
        var words = reason switch
        {
            LeftOut.NotUtf8 => "its name is not UTF-8, and keys are",
            LeftOut.TooLong => $"its path is longer than the {S3Limits.MaxKeyBytes} bytes of a key",
            LeftOut.Unreadable => "it may not be read",
            _ => null,
        };
        lock (_reported)
        {
            if (words is not null && _reported.Add(path))
            {
                _report($"{path} is not listed: {words}.");
            }
        }
    }
}
