using System.Text;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Tests.Functions.Summary;

/// <summary>A simple implementation of a summary, for comparison.</summary>
internal sealed record PlainSummary(IReadOnlyList<(string Key, string? Group, SummaryResponse.Named Named)> Objects)
{
    public static PlainSummary Of(IEnumerable<StoredObject> objects, string prefix, string delimiter) => new(
    [
        .. from stored in objects
           let key = Encoding.UTF8.GetString(stored.Key.Span)
           where key.StartsWith(prefix, StringComparison.Ordinal)
           let at = delimiter.Length == 0 ? -1 : key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal)
           select (key, at < 0 ? null : key[..(at + delimiter.Length)],
               new SummaryResponse.Named(key, stored.Info.Size, stored.Info.LastModified, Name(stored.Info.StorageClass))),
    ]);

    public void AssertEqual(SummaryResponse response, int top)
    {
        Assert.Equal(Sums(Objects), response.Total);
        Assert.Equal(Sums(Objects.Where(stored => stored.Group is null)), response.Ungrouped);
        Assert.Equal(Table(stored => stored.Named.StorageClass), response.StorageClasses);
        Assert.Equal(Table(stored => stored.Group), response.Groups);
        Assert.Equal(Top(top, stored => -stored.Size), response.Largest);
        Assert.Equal(Top(top, stored => -stored.LastModified), response.Newest);
        Assert.Equal(Top(top, stored => stored.LastModified), response.Oldest);
    }

    private SortedDictionary<string, (long, long)> Table(Func<(string Key, string? Group, SummaryResponse.Named Named), string?> name) => new(
        Objects.Where(stored => name(stored) is not null).GroupBy(stored => name(stored)!).ToDictionary(rows => rows.Key, Sums),
        NaiveListing.Utf8Order);

    private IEnumerable<SummaryResponse.Named> Top(int count, Func<SummaryResponse.Named, long> rank) => Objects
        .Select(stored => stored.Named)
        .OrderBy(rank)
        .ThenBy(named => named.Key, NaiveListing.Utf8Order)
        .Take(count);

    private static (long, long) Sums(IEnumerable<(string Key, string? Group, SummaryResponse.Named Named)> objects) =>
        objects.Aggregate((0L, 0L), (sums, stored) => (sums.Item1 + 1, sums.Item2 + stored.Named.Size));

    private static string Name(StorageClass storageClass) => storageClass switch
    {
        StorageClass.StandardIA => "STANDARD_IA",
        StorageClass.GlacierIR => "GLACIER_IR",
        _ => "STANDARD",
    };
}
