using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using S3Lister.Local.EmbeddedS3.Sample;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Local.Tests.EmbeddedS3;

public sealed partial class SampleBucketTests
{
    private static readonly (string Key, ObjectInfo Info)[] Objects =
        [.. SampleBucket.Objects.Select(stored => (Encoding.UTF8.GetString(stored.Key.Span), stored.Info))];

    [Fact]
    public void Objects_Are_Modified_On_The_Day_In_Their_Keys()
    {
        var dated = Objects
            .Select(stored => (Day: DayInKey().Match(stored.Key), stored.Info))
            .Where(stored => stored.Day.Success)
            .ToArray();

        Assert.True(dated.Length > Objects.Length / 2);
        Assert.All(dated, stored => Assert.Equal(
            string.Join('-', stored.Day.Groups.Values.Skip(1)),
            Modified(stored.Info).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        Assert.All(Objects, stored => Assert.True(Modified(stored.Info) < SampleBucket.Today));
    }

    [Fact]
    public void Storage_Classes_Of_Logs_Get_Colder_With_Age()
    {
        var classes = Objects
            .Where(stored => stored.Key.StartsWith("logs/web/", StringComparison.Ordinal))
            .OrderByDescending(stored => stored.Info.LastModified)
            .Select(stored => stored.Info.StorageClass);

        StorageClass[] colder =
            [StorageClass.Standard, StorageClass.StandardIA, StorageClass.GlacierIR, StorageClass.Glacier, StorageClass.DeepArchive];
        var ranks = classes.Select(storageClass => Array.IndexOf(colder, storageClass)).ToArray();

        Assert.Equal([0, 1, 2, 3, 4], ranks.Distinct());
        Assert.Equal(ranks.Order(), ranks);
    }

    [Fact]
    public void Lifecycle_Rules_Skip_Small_Objects()
    {
        var small = Objects.Where(stored => stored.Info.Size < LifecycleRule.MinimumSize).ToArray();

        Assert.True(small.Length > 1000);
        Assert.All(small, stored => Assert.Equal(StorageClass.Standard, stored.Info.StorageClass));
    }

    [Fact]
    public void Few_Objects_Have_Most_Of_The_Bytes()
    {
        var sizes = Objects.Select(stored => stored.Info.Size).OrderDescending().ToArray();

        Assert.True(sizes.Take(sizes.Length / 100).Sum() > sizes.Sum() / 2);
        Assert.True(sizes[0] > 100L << 30);
        Assert.Contains(Objects, stored => stored.Info.Size == 0 && !stored.Key.EndsWith('/'));
    }

    private static DateTimeOffset Modified(ObjectInfo info) => DateTimeOffset.FromUnixTimeSeconds(info.LastModified);

    [GeneratedRegex("(20[0-9]{2})[-/](?:month=)?([0-9]{2})[-/](?:day=)?([0-9]{2})")]
    private static partial Regex DayInKey();
}
