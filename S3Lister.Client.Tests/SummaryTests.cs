using System.Text;
using CsCheck;

namespace S3Lister.Client.Tests;

/// <summary>Parts that are added up are the whole.</summary>
public sealed class SummaryTests
{
    private const int Top = 3;

    private static readonly Gen<ListedObject[]> Objects = Gen.Select(
        Gen.OneOf("a", "b", "c", "\uFFFD", "\U00010000", "dd"), Gen.Int[0, 30], Gen.Int[0, 4], Gen.Int[0, 4], Gen.OneOf("GLACIER", "STANDARD"))
        .Select((folder, name, size, day, storageClass) => new ListedObject
        {
            Key = $"{folder}/{name:00}",
            Size = size,
            LastModified = DateTimeOffset.UnixEpoch.AddDays(day),
            StorageClass = storageClass,
        })
        .Array[0, 40].Select(objects => objects.DistinctBy(entry => entry.Key).ToArray());

    private static readonly Gen<string> Texts =
        Gen.OneOf("a", "b", "\uE000", "\uFFFF", "\U00010000", "\U0001F600").Array[0, 4].Select(parts => string.Concat(parts));

    [Fact]
    public void Parts_Added_Up_Are_The_Whole() =>
        Gen.Select(Objects, Gen.Int[0, 3].Array[40]).Sample((objects, parts) =>
        {
            var sum = Enumerable.Range(0, 4)
                .Select(part => Summarize(objects.Where((_, index) => parts[index] == part), int.MaxValue))
                .Aggregate((first, second) => first.Add(second));

            Assert.Equivalent(Summarize(objects, int.MaxValue), sum, strict: true);
        });

    /// <summary>Some parts have room for fewer groups than there are. Then every group that is in the list is whole.</summary>
    [Fact]
    public void Groups_In_The_List_Are_Whole_When_Parts_Have_Left_Out_Some() =>
        Gen.Select(Objects, Gen.Int[0, 3].Array[40], Gen.Int[0, 5].Array[4]).Sample((objects, parts, room) =>
        {
            var whole = Summarize(objects, int.MaxValue);
            var sum = Enumerable.Range(0, 4)
                .Select(part => Summarize(objects.Where((_, index) => parts[index] == part), room[part]))
                .Aggregate((first, second) => first.Add(second));

            Assert.Equal(whole.Groups.Take(sum.Groups.Count), sum.Groups);
            Assert.Equal(
                (whole.Objects, whole.Bytes),
                (sum.Groups.Sum(group => group.Objects) + sum.OtherGroups.Objects, sum.Groups.Sum(group => group.Bytes) + sum.OtherGroups.Bytes));
            Assert.True(sum.GroupsTruncated || sum.Groups.Count == whole.Groups.Count);
        });

    [Fact]
    public void Keys_Are_Ordered_By_Their_Bytes() =>
        Gen.Select(Texts, Texts)
            .Sample((left, right) => Assert.Equal(
                Math.Sign(Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right))),
                Math.Sign(KeyOrder.Instance.Compare(left, right))));

    private static Summary Summarize(IEnumerable<ListedObject> listed, int room)
    {
        var objects = listed.ToArray();
        var groups = objects.GroupBy(entry => entry.Key.Split('/')[0] + "/", (name, group) => new GroupSum(name, group.Count(), group.Sum(entry => entry.Size)))
            .OrderBy(group => group.CommonPrefix, KeyOrder.Instance).ToArray();
        var others = groups.Skip(room).ToArray();
        return new()
        {
            Bucket = "b",
            Prefix = "",
            Delimiter = "/",
            Top = Top,
            Complete = true,
            NextContinuationToken = null,
            Objects = objects.Length,
            Bytes = objects.Sum(entry => entry.Size),
            StorageClasses =
            [
                .. objects.GroupBy(entry => entry.StorageClass, (name, group) => new StorageClassSum(name, group.Count(), group.Sum(entry => entry.Size)))
                    .OrderBy(row => row.StorageClass, KeyOrder.Instance),
            ],
            Groups = [.. groups.Take(room)],
            GroupsTruncated = others.Length > 0,
            OtherGroups = new(others.Sum(group => group.Objects), others.Sum(group => group.Bytes)),
            Ungrouped = new(0, 0),
            Largest = First(objects.OrderByDescending(entry => entry.Size)),
            Newest = First(objects.OrderByDescending(entry => entry.LastModified)),
            Oldest = First(objects.OrderBy(entry => entry.LastModified)),
            TopTruncated = false,
            Scanned = objects.Length,
            S3Requests = 0,
            S3RequestsMinimum = 0,
        };
    }

    private static ListedObject[] First(IOrderedEnumerable<ListedObject> entries) =>
        [.. entries.ThenBy(entry => entry.Key, KeyOrder.Instance).Take(Top)];
}
