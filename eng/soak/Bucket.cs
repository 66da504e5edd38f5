using System.Globalization;
using System.Text;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Soak;

/// <summary>A hundred folders of ten thousand objects each. The number of an object determines all its fields.</summary>
internal static class Bucket
{
    public const int Count = 1_000_000;
    public const int FolderSize = 10_000;

    private const string Root = "data/";

    private static readonly DateTimeOffset First = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static InMemoryObjectStore Create() => new(Enumerable.Range(0, Count).Select(number => new StoredObject(
        Encoding.UTF8.GetBytes(Key(number)), new ObjectInfo
        {
            Size = number,
            LastModified = First.AddSeconds(number).ToUnixTimeSeconds(),
            ETag = new ETag((ulong)number, ~(ulong)number, 0),
            StorageClass = number % 2 == 0 ? StorageClass.Standard : StorageClass.GlacierIR,
        })));

    /// <summary>In the order of the numbers. Each key needs escaping in XML, in a URL and in JSON.</summary>
    public static string Key(int number) => $"{Folder(number / FolderSize)}{number:D6} ü+%\n\"😀\".txt";

    public static string Folder(int folder) => $"{Root}{folder:D2}/";

    public static string LastModified(int number) =>
        First.AddSeconds(number).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
