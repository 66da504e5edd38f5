using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Local.EmbeddedS3.Sample;

/// <summary>
/// A bucket to try things on, the same every time: sizes with a heavy tail, dates that follow the keys, cold storage classes
/// for old objects, and keys that break programs.
/// </summary>
internal static class SampleBucket
{
    /// <summary>Every object is older than this and has the storage class that it has on this day.</summary>
    public static DateTime Today { get; } = new(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The objects, each once, in no particular order.</summary>
    public static IReadOnlyList<StoredObject> Objects { get; } = [.. SampleFolders.All.SelectMany(folder => folder.Objects())];

    public static int Count => Objects.Count;

    /// <summary>A new store with the sample objects.</summary>
    public static InMemoryObjectStore Create() => new(Objects);
}
