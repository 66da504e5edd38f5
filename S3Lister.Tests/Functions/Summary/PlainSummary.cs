using System.Text;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Tests.Functions.Summary;

/// <summary>A summary without an idea of speed, to compare the real one with.</summary>
internal sealed record PlainSummary(IReadOnlyList<(string Key, string? Group, SummaryAnswer.Named Named)> Objects)
{
    public static PlainSummary Of(IEnumerable<StoredObject> objects, string prefix, string delimiter) => new(
    [
        .. from stored in objects
           let key = Encoding.UTF8.GetString(stored.Key.Span)
           where key.StartsWith(prefix, StringComparison.Ordinal)
           let at = delimiter.Length == 0 ? -1 : key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal)
           select (key, at < 0 ? null : key[..(at + delimiter.Length)],
               new SummaryAnswer.Named(key, stored.Info.Size, stored.Info.LastModified, Name(stored.Info.StorageClass))),
    ]);

    public void AssertEqual(SummaryAnswer answer, int top)
    {
        Assert.Equal(Sums(Objects), answer.Total);
        Assert.Equal(Sums(Objects.Where(stored => stored.Group is null)), answer.Ungrouped);
        Assert.Equal(Table(stored => stored.Named.StorageClass), answer.StorageClasses);
        Assert.Equal(Table(stored => stored.Group), answer.Groups);
        Assert.Equal(Top(top, stored => -stored.Size), answer.Largest);
        Assert.Equal(Top(top, stored => -stored.LastModified), answer.Newest);
        Assert.Equal(Top(top, stored => stored.LastModified), answer.Oldest);
    }

    private SortedDictionary<string, (long, long)> Table(Func<(string Key, string? Group, SummaryAnswer.Named Named), string?> name) => new(
        Objects.Where(stored => name(stored) is not null).GroupBy(stored => name(stored)!).ToDictionary(rows => rows.Key, Sums),
        NaiveListing.Utf8Order);

    private IEnumerable<SummaryAnswer.Named> Top(int count, Func<SummaryAnswer.Named, long> rank) => Objects
        .Select(stored => stored.Named)
        .OrderBy(rank)
        .ThenBy(named => named.Key, NaiveListing.Utf8Order)
        .Take(count);

    private static (long, long) Sums(IEnumerable<(string Key, string? Group, SummaryAnswer.Named Named)> objects) =>
        objects.Aggregate((0L, 0L), (sums, stored) => (sums.Item1 + 1, sums.Item2 + stored.Named.Size));

    private static string Name(StorageClass storageClass) => storageClass switch
    {
        StorageClass.StandardIA => "STANDARD_IA",
        StorageClass.GlacierIR => "GLACIER_IR",
        _ => "STANDARD",
    };
}
