using CsCheck;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Tests.Contract;

/// <summary>
/// For any keys, query and page sizes, the pages together are the result of a naive listing. Through the composed functions
/// and the AWS SDK, with the embedded S3.
/// </summary>
public sealed class PagingPropertyTests
{
    private static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<string> Keys = Gen.OneOf("a", "b", "/", "-", ".", "+", "%", " ", "\u0001", "\n", "\uE000", "\U00010000")
        .Array[1, 6].Select(string.Concat);

    private static readonly Gen<string> Delimiters = Gen.OneOf("", "", "/", "/", "//", "a", "a/", "\uE000", "+");

    private static readonly Gen<string> Prefixes = Gen.OneOf("", "", "a", "a/", "/", "b+", "\uE000", "\U00010000", "none");

    /// <summary>A filter as a query, and as a predicate of the key after the prefix and of the number of the key.</summary>
    private static readonly Gen<(string Query, Func<string, int, bool> Accepts)> Filters =
        Gen.OneOf<(string, Func<string, int, bool>)>(
            ("", (_, _) => true),
            ("", (_, _) => true),
            ("&include=%2A%2Aa%2A%2A", (rest, _) => rest.Contains('a', StringComparison.Ordinal)),
            ("&exclude=%2A%2F%2A", (rest, _) => rest.Count(character => character == '/') != 1),
            ("&min-size=10&max-size=20", (_, number) => number is >= 10 and <= 20),
            ("&modified-after=2026-01-01T00%3A00%3A07Z", (_, number) => number >= 7),
            ("&modified-before=2026-01-01T00%3A00%3A07Z", (_, number) => number < 7),
            ("&storage-class=GLACIER_IR,STANDARD_IA", (_, number) => number % 3 != 0),
            ("&include=%2A&min-size=5", (rest, number) => !rest.Contains('/', StringComparison.Ordinal) && number >= 5));

    [Fact]
    public async Task Pages_Together_Are_The_Listing()
    {
        ChangingStore store = new();
        await using var bucket = await TestBucket.StartAsync(store);
        await using ComposedApi api = new(bucket.Server.Endpoint, TestBucket.Name);

        await Gen.Select(
            Keys.HashSet[0, 40], Prefixes, Delimiters, Gen.Select(Gen.OneOf(Gen.Const(""), Keys), Gen.OneOf(Gen.Const(""), Keys)), Filters,
            Gen.Int[1, 9].List[1, 3])
        .SampleAsync(
            async (keys, prefix, delimiter, bounds, filter, pageSizes) =>
            {
                var (startAfter, endBefore) = bounds;
                if (NaiveListing.Entries([endBefore], prefix, delimiter, "").Any(entry => entry.IsCommonPrefix && entry.Name != endBefore))
                {
                    endBefore = ""; // It would be inside a common prefix.
                }

                store.Objects = new InMemoryObjectStore(keys.Select((key, number) => Describe(key, number)));
                var numbers = keys.Select((key, number) => (key, number)).ToDictionary(pair => pair.key, pair => pair.number);
                var expected = NaiveListing.Entries(keys, prefix, delimiter, startAfter)
                    .Where(entry => endBefore.Length == 0 || NaiveListing.Utf8Order.Compare(entry.Name, endBefore) < 0).Where(entry =>
                    entry.IsCommonPrefix || filter.Accepts(entry.Name[prefix.Length..], numbers[entry.Name]));

                var pages = await Walk.PagesAsync(
                    api,
                    $"prefix={Uri.EscapeDataString(prefix)}&delimiter={Uri.EscapeDataString(delimiter)}"
                    + $"&start-after={Uri.EscapeDataString(startAfter)}&end-before={Uri.EscapeDataString(endBefore)}{filter.Query}",
                    pageSizes);

                Assert.Equal(expected, pages.SelectMany(page => page));
            },
            iter: 400,
            threads: 1);
    }

    [Fact]
    public async Task Pages_Together_Are_The_Listing_When_They_Are_Longer_Than_S3s()
    {
        string[] keys = [.. Enumerable.Range(0, 2345).Select(i => $"{i % 7}/{i:D4}")];
        await using var bucket = await TestBucket.StartAsync(keys);
        await using ComposedApi api = new(bucket.Server.Endpoint, TestBucket.Name);

        foreach (var (query, delimiter, rule) in ((string, string, Func<string, bool>)[])
        [
            ("prefix=", "", _ => true),
            ("delimiter=%2F", "/", _ => true),
            ("delimiter=3", "3", _ => true),
            ("include=%2A%2A7%2A", "", key => key.Contains('7', StringComparison.Ordinal) && !key[(key.LastIndexOf('7') + 1)..].Contains('/', StringComparison.Ordinal)),
        ])
        {
            var expected = NaiveListing.Entries(keys, "", delimiter, "").Where(entry => entry.IsCommonPrefix || rule(entry.Name)).ToList();

            foreach (var sizes in (int[][])[[10_000], [1001], [1000, 1, 2000]])
            {
                Assert.Equal(expected, (await Walk.PagesAsync(api, query, sizes)).SelectMany(page => page));
            }
        }
    }

    private static StoredObject Describe(string key, int number) => new(System.Text.Encoding.UTF8.GetBytes(key), new ObjectInfo
    {
        Size = number,
        LastModified = Epoch.AddSeconds(number).ToUnixTimeSeconds(),
        ETag = new ETag(1, (ulong)number, 0),
        StorageClass = (number % 3) switch { 0 => StorageClass.Standard, 1 => StorageClass.StandardIA, _ => StorageClass.GlacierIR },
    });
}
