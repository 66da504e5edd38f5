using CsCheck;
using S3Lister.Local.EmbeddedS3.Listing;
using S3Lister.Local.EmbeddedS3.Storage;
using S3Lister.Local.EmbeddedS3.Synthetic;

namespace S3Lister.Local.Tests.EmbeddedS3;

public sealed class SyntheticObjectStoreTests
{
    public static TheoryData<string> Shapes => [.. KeyShapes.Names];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Listing_Is_That_Of_A_Store_In_Memory_For_Any_Query(string shape) =>
        Gen.Select(Gen.Int[1, 3000], Place, Gen.OneOf("", "/", "-", "0", "ア", "/2"), Place, Gen.Int[1, 1000]).Sample(
            (count, prefix, delimiter, startAfter, maxKeys) =>
            {
                SyntheticObjectStore synthetic = new(KeyShapes.Create(shape, count));
                var objects = All(synthetic);
                InMemoryObjectStore inMemory = new(objects);
                ListObjectsQuery query = new()
                {
                    Prefix = From(objects, prefix),
                    Delimiter = System.Text.Encoding.UTF8.GetBytes(delimiter),
                    StartAfter = From(objects, startAfter),
                    MaxKeys = maxKeys,
                };

                Assert.Equal(Pages(inMemory, query), Pages(synthetic, query));
            },
            iter: 40);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Keys_Are_As_Many_As_Requested_And_In_The_Order_Of_Their_Bytes(string shape)
    {
        foreach (var count in (int[])[1, 2, 21, 22, 999, 12_345])
        {
            var objects = All(new(KeyShapes.Create(shape, count)));

            Assert.Equal(count, objects.Count);
            Assert.All(objects.Zip(objects.Skip(1)), pair => Assert.True(pair.First.Key.Span.SequenceCompareTo(pair.Second.Key.Span) < 0));
            Assert.All(objects, stored => Assert.InRange(stored.Key.Length, 1, 1024));
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Seek_Finds_Each_Key_Of_A_Hundred_Million(string shape)
    {
        const long Count = 100_000_000;
        var keys = KeyShapes.Create(shape, Count);
        Span<byte> key = stackalloc byte[1025];

        for (var index = 0L; index < Count; index += 9_999_991)
        {
            var length = keys.Write(index, key);

            Assert.Equal(index, keys.Find(key[..length]));
            key[length] = 0;
            Assert.Equal(index + 1, keys.Find(key[..(length + 1)]));
        }

        Assert.Equal(Count, keys.Count);
        Assert.Equal(Count, keys.Find([0xFF]));
        Assert.Equal(0, keys.Find([]));
    }

    /// <summary>A key, how many of its bytes, and what follows: nothing, the lowest byte, or a high one.</summary>
    private static Gen<(int Key, int Length, int After)> Place => Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[0, 1024], Gen.Int[0, 3]);

    private static byte[] From(List<StoredObject> objects, (int Key, int Length, int After) place)
    {
        var key = objects[place.Key % objects.Count].Key.Span;
        var beginning = key[..int.Min(place.Length % (key.Length * 2), key.Length)];
        return place.After switch
        {
            1 => [.. beginning, 0],
            2 => [.. beginning, (byte)'~'],
            _ => [.. beginning],
        };
    }

    private static List<StoredObject> All(SyntheticObjectStore store)
    {
        List<StoredObject> all = [];
        var cursor = store.OpenCursor();
        for (var more = cursor.Seek([]); more; more = cursor.MoveNext())
        {
            all.Add(new(cursor.Key.ToArray(), cursor.Info));
        }

        return all;
    }

    private static List<string> Pages(IObjectStore store, ListObjectsQuery query)
    {
        List<string> entries = [];
        ListingPage page = new();
        for (var begin = ListingWalk.Begin(query); begin is not null; begin = page.Next)
        {
            ListingWalk.Fill(page, query, begin, store.OpenCursor());
            entries.AddRange(Enumerable.Range(0, page.ContentsCount)
                .Select(index => $"{Convert.ToHexString(page.Key(index))} {page.Info(index)}"));
            entries.AddRange(Enumerable.Range(0, page.CommonPrefixesCount)
                .Select(index => $"{Convert.ToHexString(page.CommonPrefix(index))}"));
            entries.Add($"next {(page.Next is null ? "" : Convert.ToHexString(page.Next))}");
        }

        return entries;
    }
}
