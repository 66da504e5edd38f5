using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Amazon.S3;
using Amazon.S3.Model;
using CsCheck;
using S3Lister.Listing.Ranges;
using S3Lister.Listing.S3;
using S3Lister.Listing.Text;
using S3Lister.Local.EmbeddedS3.Synthetic;

namespace S3Lister.Tests.Listing.Ranges;

/// <summary>Splits cut the keys of any pages, in any order, into about equal ranges.</summary>
public sealed class KeySplitsTests(ITestOutputHelper output)
{
    private static readonly Gen<string> Numbers = Gen.Int[0, 100_000].Select(number => $"logs/{number:000000}.gz");

    /// <summary>Some of them are neighbors that no text separates.</summary>
    private static readonly Gen<string> Neighbors = Gen.OneOf("a", "b", "-", " ", "/", "é", "😀").Array[1, 6].Select(string.Concat);

    [Fact]
    public void Largest_Range_Has_At_Most_Twice_The_Mean() =>
        Gen.Select(Numbers.HashSet[2, 600], Gen.Int[2, 40], Gen.Int[2, 64], Gen.Int).Sample((keys, pageSize, ranges, seed) =>
        {
            var sorted = Sort(keys);
            var splits = Split(sorted, pageSize, ranges, seed).Find();

            Check(sorted, splits, ranges);
            Assert.InRange(Sizes(sorted, splits).Max(), 1, 2 * ((sorted.Length + ranges - 1) / ranges));
        });

    [Fact]
    public void Splits_Are_Texts_Between_The_Keys_For_Any_Keys_And_Pages() =>
        Gen.Select(Neighbors.HashSet[0, 60], Gen.Int[1, 10], Gen.Int[2, 64], Gen.Int).Sample((keys, pageSize, ranges, seed) =>
        {
            var sorted = Sort(keys);

            Check(sorted, Split(sorted, pageSize, ranges, seed).Find(), ranges);
        });

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    [InlineData(5, 3)]
    public void Splits_Are_Fewer_When_There_Are_Fewer_Keys_Than_Ranges(int keys, int splits) =>
        Assert.Equal(splits, Split([.. Enumerable.Range(0, keys).Select(number => Encoding.UTF8.GetBytes($"{number}"))], 10, 4, 0).Find().Count);

    public static TheoryData<string, string> Orders =>
    [
        .. KeyShapes.Names.Select(shape => (shape, "scattered")), ("foldered", "ascending"), ("foldered", "descending"), ("foldered", "sixty ranges"),
    ];

    /// <summary>Small pages, so that samples are merged many times. <c>S3LISTER_SPLIT_KEYS</c> is the number of keys.</summary>
    [Theory]
    [MemberData(nameof(Orders))]
    public void Ranges_Of_A_Large_Bucket_Are_About_Equal_In_Any_Order_Of_Its_Pages(string shape, string order)
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("S3LISTER_SPLIT_KEYS") ?? "30000", CultureInfo.InvariantCulture);
        const int PageSize = 5;
        var pages = (count + PageSize - 1) / PageSize;
        var keys = Keys(shape, count);
        foreach (var ranges in (int[])[2, 64])
        {
            var sketch = Split(keys, PageSize, ranges, page => order switch
            {
                "ascending" => page,
                "descending" => -page,
                "scattered" => unchecked((uint)page * 2_654_435_761u),
                _ => page % Math.Max(1, pages / 60),
            });
            var splits = sketch.Find();

            Check(keys, splits, ranges);
            Assert.Equal(ranges - 1, splits.Count);
            var largest = Sizes(keys, splits).Max() * ranges / (double)keys.Length;
            output.WriteLine($"{shape}, {order}: the largest of {ranges} ranges has {largest:0.00} times the mean");
            Assert.InRange(largest, 1, 1.1);
            Assert.InRange(sketch.Samples, 63, 4096);
        }
    }

    private static KeySplits Split(byte[][] keys, int pageSize, int ranges, int seed) =>
        Split(keys, pageSize, ranges, page => unchecked((uint)(page + 1 + seed) * 2_654_435_761u));

    private static KeySplits Split(byte[][] keys, int pageSize, int ranges, Func<int, long> order)
    {
        KeySplits splits = new(ranges);
        foreach (var number in Enumerable.Range(0, (keys.Length + pageSize - 1) / pageSize).OrderBy(order))
        {
            // The last key of a page may belong to the next range, which lists it again.
            var start = number * pageSize;
            var end = Math.Min(start + pageSize, keys.Length);
            using var page = Page(keys[start..(number % 2 == 0 && pageSize < ListingLimits.MaxKeys ? Math.Min(end + 1, keys.Length) : end)]);
            splits.Add(page, end - start);
        }

        return splits;
    }

    private static S3Page Page(byte[][] keys)
    {
        ListObjectsV2Request request = new() { BucketName = "bucket", Prefix = "", MaxKeys = ListingLimits.MaxKeys, Encoding = EncodingType.Url };
        ListObjectsV2Response response = new()
        {
            Encoding = EncodingType.Url,
            IsTruncated = false,
            S3Objects = [.. keys.Select(key => new S3Object { Key = S3Double.Encode(Encoding.UTF8.GetString(key)), Size = 1, LastModified = DateTime.UnixEpoch })],
        };
        return ListingValidator.Check(request, Utf8Buffer.CopyOf(ListBucketResultXml.Write(response)), []);
    }

    private static void Check(byte[][] keys, List<byte[]> splits, int ranges)
    {
        Assert.InRange(splits.Count, 0, ranges - 1);
        Assert.All(splits, split => Assert.True(split.Length <= ListingLimits.MaxKeyLength && Utf8.IsValid(split)));
        Assert.Empty(splits.Intersect(keys, KeyComparer.Instance));
        Assert.Equal(splits.Order(KeyComparer.Instance).Distinct(KeyComparer.Instance), splits);
        Assert.All(splits.Count == 0 ? [] : Sizes(keys, splits), size => Assert.True(size > 0));
    }

    /// <summary>The number of keys of each range.</summary>
    private static List<int> Sizes(byte[][] keys, List<byte[]> splits)
    {
        int[] ends = [.. splits.Select(split => ~Array.BinarySearch(keys, split, KeyComparer.Instance)), keys.Length];
        return [.. ends.Select((end, range) => end - (range == 0 ? 0 : ends[range - 1]))];
    }

    private static byte[][] Sort(HashSet<string> keys) => [.. keys.Select(Encoding.UTF8.GetBytes).Order(KeyComparer.Instance)];

    private static byte[][] Keys(string shape, int count)
    {
        List<byte[]> keys = [];
        var cursor = new SyntheticObjectStore(KeyShapes.Create(shape, count)).OpenCursor();
        for (var isThere = cursor.Seek([]); isThere; isThere = cursor.MoveNext())
        {
            keys.Add(cursor.Key.ToArray());
        }

        return [.. keys];
    }
}
