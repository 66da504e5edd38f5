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
        ", ", counts.Where(count => count.Value > 0).OrderBy(count => count.Key).Select(count => Describe(count.Key, count.Value)));

    private static string Describe(LeftOut reason, int count)
    {
        var (one, many) = reason switch
        {
            LeftOut.Fifo => ("FIFO", "FIFOs"),
            LeftOut.Socket => ("socket", "sockets"),
            LeftOut.Device => ("device", "devices"),
            LeftOut.Link => ("link", "links"),
            LeftOut.DanglingLink => ("dangling link", "dangling links"),
            LeftOut.NotUtf8 => ("name that is not UTF-8", "names that are not UTF-8"),
            LeftOut.TooLong => ("path longer than a key can be", "paths longer than a key can be"),
            _ => ("entry that may not be read", "entries that may not be read"),
        };
        return $"{count} {(count == 1 ? one : many)}";
    }
}
