using System.Text;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Tests.Stores;

/// <summary>The objects in every store of the tests.</summary>
internal static class StoreBucket
{
    public const string Instant = "2026-11-23T18:19:29.000Z";

    /// <summary>In S3's order: keys that need encoding, objects and folders, the object of a folder, enough keys for many pages.</summary>
    public static readonly string[] Keys =
    [
        "a+b c.txt", "docs/", "docs/report.pdf", "docs/über.txt", "logs", "logs-old/1.gz", "logs/2026/1.gz", "logs/2026/2.gz", "logs/2027/1.gz", "logs/today.txt",
        .. Enumerable.Range(0, 120).Select(number => $"parts/{number:000}"),
        "z",
    ];

    public static IEnumerable<StoredObject> Objects { get; } = Keys.Select(key => new StoredObject(Encoding.UTF8.GetBytes(key), new ObjectInfo
    {
        Size = Size(key),
        LastModified = DateTimeOffset.Parse(Instant, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeSeconds(),
        ETag = new ETag(1, 2, 3),
        StorageClass = StorageClass.Standard,
    }));

    public static StoreEntry Describe(string key) =>
        new(key, Instant, "\"764efa883dda1e11db47671c4a3bbd9e\"", StoreResponse.Text(Size(key)), "STANDARD");

    private static int Size(string key) => key.EndsWith('/') ? 0 : key.Length;
}
