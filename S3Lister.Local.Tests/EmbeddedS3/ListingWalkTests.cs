using System.Text;
using CsCheck;
using S3Lister.Local.EmbeddedS3.Listing;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Local.Tests.EmbeddedS3;

public sealed class ListingWalkTests
{
    // Few characters, so that keys share beginnings, and each nasty in its way: separators, what sorts around them,
    // two that UTF-16 sorts the other way round, and the lowest and highest code points of one to four bytes.
    private static readonly Gen<string> Piece = Gen.OneOf(
        "/", "/", "//", "a", "b", "-", ".", "0", "\u0001", "\u007F", "\u0080", "\u07FF", "\uE000", "\uFFFF",
        "\U00010000", "\U0010FFFF", "é", "e\u0301");

    private static readonly Gen<string> Text = Piece.Array[0, 6].Select(string.Concat);

    private static readonly Gen<string> Key = Piece.Array[1, 6].Select(string.Concat);

    [Fact]
    public void Pages_Joined_Are_The_Reference_For_Any_Keys_And_Any_Page_Size() =>
        Gen.Select(Key.Array[0, 60], Text, Text, Text, Gen.Int[1, 12])
            .Sample((keys, prefix, delimiter, startAfter, maxKeys) => AssertEqual(
                keys,
                new()
                {
                    Prefix = Utf8(prefix),
                    Delimiter = Utf8(delimiter),
                    StartAfter = Utf8(startAfter),
                    MaxKeys = maxKeys,
                }));

    [Fact]
    public void Pages_Joined_Are_The_Reference_When_The_Parameters_Come_From_The_Keys() =>
        Gen.Select(Key.Array[1, 60], Gen.OneOf("", "/", "//", "a", "-", "\u07FF"), Gen.Int[1, 5], Gen.Int, Gen.Int)
            .Sample((keys, delimiter, maxKeys, first, second) => AssertEqual(
                keys,
                new()
                {
                    Prefix = Utf8(Beginning(keys, first)),
                    Delimiter = Utf8(delimiter),
                    StartAfter = Utf8(Beginning(keys, second)),
                    MaxKeys = maxKeys,
                }));

    [Theory]
    [InlineData("a/", "the common prefix itself")]
    [InlineData("a/1", "a key in it")]
    [InlineData("a/1x", "between two keys in it")]
    [InlineData("a/9", "after all keys in it")]
    public void Listing_Leaves_A_Common_Prefix_Out_When_StartAfter_Lies_In_It(string startAfter, string why)
    {
        var query = new ListObjectsQuery { Delimiter = "/"u8.ToArray(), StartAfter = Utf8(startAfter) };

        var entries = Joined(["a", "a/1", "a/2", "b/1", "c"], query);

        Assert.True(entries is [("b/", true), ("c", false)], why);
    }

    [Fact]
    public void Listing_Is_Empty_And_Not_Truncated_When_MaxKeys_Is_Zero()
    {
        var page = new ListingPage();

        ListingWalk.Fill(page, new() { MaxKeys = 0 }, [], TestBucket.Store(["a"]).OpenCursor());

        Assert.Equal(0, page.KeyCount);
        Assert.Null(page.Next);
    }

    [Fact]
    public void Page_Is_Not_Truncated_When_Its_Last_Entry_Is_The_Last_Of_All()
    {
        var page = new ListingPage();
        var query = new ListObjectsQuery { Prefix = "a"u8.ToArray(), Delimiter = "/"u8.ToArray(), MaxKeys = 2 };

        ListingWalk.Fill(page, query, ListingWalk.Begin(query), TestBucket.Store(["a", "a/1", "a/2", "b"]).OpenCursor());

        Assert.Equal(2, page.KeyCount);
        Assert.Null(page.Next);
    }

    [Fact]
    public void Listing_Skips_A_Common_Prefix_With_One_Seek()
    {
        var cursor = new CountingCursor(
            TestBucket.Store(Enumerable.Range(0, 100_000).Select(number => $"{number % 10}/{number:000000}")).OpenCursor());
        var query = new ListObjectsQuery { Delimiter = "/"u8.ToArray() };
        var page = new ListingPage();

        ListingWalk.Fill(page, query, ListingWalk.Begin(query), cursor);

        Assert.Equal(10, page.CommonPrefixesCount);
        Assert.Equal(11, cursor.Moves);
    }

    private static void AssertEqual(string[] keys, ListObjectsQuery query)
    {
        var reference = NaiveListing.Entries(
            keys.Distinct(), Text8(query.Prefix), Text8(query.Delimiter), Text8(query.StartAfter));

        Assert.Equal(reference.Select(entry => (entry.Name, entry.IsCommonPrefix)), Joined(keys, query));
    }

    /// <summary>All pages of a listing, one after the other, each in the order of its entries.</summary>
    private static List<(string Name, bool IsCommonPrefix)> Joined(IEnumerable<string> keys, ListObjectsQuery query)
    {
        var store = TestBucket.Store(keys);
        var page = new ListingPage();
        var joined = new List<(string, bool)>();
        for (var begin = ListingWalk.Begin(query); begin is not null; begin = page.Next)
        {
            ListingWalk.Fill(page, query, begin, store.OpenCursor());
            Assert.True(page.Next is null ? page.KeyCount <= query.MaxKeys : page.KeyCount == query.MaxKeys);
            var contents = Enumerable.Range(0, page.ContentsCount).Select(index => (Text8(page.Key(index)), false));
            var prefixes = Enumerable.Range(0, page.CommonPrefixesCount)
                .Select(index => (Text8(page.CommonPrefix(index)), true));
            joined.AddRange(contents.Concat(prefixes).OrderBy(entry => entry.Item1, NaiveListing.Utf8Order));
        }

        return joined;
    }

    private static string Beginning(string[] keys, int seed)
    {
        var key = keys[(uint)seed % keys.Length];
        var length = (int)((uint)(seed / 64) % (key.Length + 1));
        return length > 0 && char.IsHighSurrogate(key[length - 1]) ? key[..(length - 1)] : key[..length];
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text8(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);

    private sealed class CountingCursor(IObjectCursor cursor) : IObjectCursor
    {
        public int Moves { get; private set; }

        public ReadOnlySpan<byte> Key => cursor.Key;

        public ObjectInfo Info => cursor.Info;

        public bool Seek(ReadOnlySpan<byte> key)
        {
            Moves++;
            return cursor.Seek(key);
        }

        public bool MoveNext()
        {
            Moves++;
            return cursor.MoveNext();
        }
    }
}
