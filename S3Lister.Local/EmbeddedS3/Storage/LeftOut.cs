namespace S3Lister.Local.EmbeddedS3.Storage;

/// <summary>Why an entry of a directory is not in the bucket.</summary>
internal enum LeftOut
{
    Fifo,
    Socket,
    Device,
    Link,
    DanglingLink,
    NotUtf8,
    TooLong,
    Unreadable,
}

internal static class LeftOutWords
{
    /// <summary><c>1 FIFO, 2 sockets</c></summary>
    public static string Describe(IEnumerable<KeyValuePair<LeftOut, int>> counts) => string.Join(
        ", ",
        counts.Where(count => count.Value > 0).OrderBy(count => count.Key).Select(count => $"{count.Value} {Noun(count.Key, count.Value)}"));

    private static string Noun(LeftOut reason, int count) => (reason, count) switch
    {
        (LeftOut.Fifo, 1) => "FIFO",
        (LeftOut.Fifo, _) => "FIFOs",
        (LeftOut.Socket, 1) => "socket",
        (LeftOut.Socket, _) => "sockets",
        (LeftOut.Device, 1) => "device",
        (LeftOut.Device, _) => "devices",
        (LeftOut.Link, 1) => "link",
        (LeftOut.Link, _) => "links",
        (LeftOut.DanglingLink, 1) => "dangling link",
        (LeftOut.DanglingLink, _) => "dangling links",
        (LeftOut.NotUtf8, 1) => "name that is not UTF-8",
        (LeftOut.NotUtf8, _) => "names that are not UTF-8",
        (LeftOut.TooLong, 1) => "path longer than a key can be",
        (LeftOut.TooLong, _) => "paths longer than a key can be",
        (_, 1) => "entry that may not be read",
        _ => "entries that may not be read",
    };
}
