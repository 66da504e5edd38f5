using S3Lister.Client;

namespace S3Lister.Cli.Output;

/// <summary>A row of a listing: an object, or a folder whose size may be known.</summary>
/// <param name="Key">The key or the common prefix.</param>
/// <param name="Size">Bytes; null if they are not known.</param>
/// <param name="IsPartial">Whether the size is a lower bound.</param>
/// <param name="Object">Null for a folder.</param>
internal sealed record Entry(string Key, long? Size, bool IsPartial, ListedObject? Object)
{
    public Entry(ListedObject listed)
        : this(listed.Key, listed.Size, IsPartial: false, listed)
    {
    }
}
