using System.Text;
using CsCheck;
using S3Lister.Local.EmbeddedS3.Storage;
using S3Lister.Tests.Contract;

namespace S3Lister.Tests.Functions.Summary;

/// <summary>
/// For any keys and failures, the summary is the sum of all objects. Through the composed functions and the AWS SDK, with the
/// embedded S3.
/// </summary>
public sealed class SummaryPropertyTests
{
    private static readonly Gen<string>[] Kinds =
    [
        Texts("0123456789", 1, 8),
        Texts("0123456789abcdef", 4, 6),
        Texts("ab/", 1, 16),
        Texts("-./0", 1, 12),
        Texts("aÄ日\uE000😀\U0010FFFF", 1, 8),
        Texts("\u0001\n +%&\u007F", 1, 8),
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 30], Gen.Int[0, 60]).Select((a, b, c) => $"logs/{2016 + a}/{b:00}/part-{c:000}.gz"),
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 9999]).Select((folder, n) => $"tenant-{folder}/{n:000000000000}"),
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 9999]).Select((kind, n) => kind == 0 ? $"a-{n % 50:000}/{n:000000}" : $"m-giant/{n:000000}"),
        Gen.Select(Texts("abcxyz", 1, 4), Texts("ab", 1, 3), Gen.Int[0, 300]).Select((outer, inner, n) => $"{outer}/{inner}/{n}"),
        Gen.Int[0, 20_000].Select(n => $"{new string('x', 900)}{n:00000}"),
    ];

    /// <summary>Keys of a page of S3: few, so that there are many pages and ranges are split.</summary>
    private const int PageSize = 10;

    /// <summary>Keys of one kind or of all kinds, fewer or more than a page of S3 has.</summary>
    private static readonly Gen<string[]> Buckets =
        Gen.Select(Gen.Int[0, Kinds.Length], Gen.OneOf(Gen.Int[0, 50], Gen.Int[0, 3000])).SelectMany((kind, count) =>
            (kind < Kinds.Length ? Kinds[kind] : Gen.OneOf(Kinds)).HashSet[count].Select(keys => keys.ToArray()));

    [Fact]
    public async Task Summary_Is_The_Sum_Of_All_Objects()
    {
        ChangingStore store = new();
        await using var bucket = await TestBucket.StartAsync(store);
        await using ComposedApi api = new(bucket.Server.Endpoint, TestBucket.Name, pageSize: PageSize);

        await Gen.Select(
            Buckets, Gen.OneOf("", "", "a", "logs/2016/", "tenant-0/", "Ä", "none"), Gen.OneOf("", "/", "0", "日"),
            Gen.Int[0, 30], Gen.OneOf(0, 0, 0.1, 0.3))
        .SampleAsync(
            async (keys, prefix, delimiter, top, throttled) =>
            {
                store.Objects = new InMemoryObjectStore(keys.Select(Describe));
                bucket.Server.Weather.ThrottledShare = throttled;

                var response = await api.GetSummaryAsync(
                    $"delimiter={Uri.EscapeDataString(delimiter)}&prefix={Uri.EscapeDataString(prefix)}&top={top}");

                Assert.True(response.Status == 200, response.Body);
                PlainSummary.Of(keys.Select(Describe), prefix, delimiter).AssertEqual(SummaryResponse.Read(response.Json), top);
                Assert.True(response.Json.GetProperty("complete").GetBoolean());
            },
            iter: 60,
            threads: 1);
    }

    /// <summary>The request budget ends the summary several times; the parts are added as the documentation describes.</summary>
    [Fact]
    public async Task Parts_Add_Up_To_The_Sum_Of_All_Objects()
    {
        ChangingStore store = new();
        await using var bucket = await TestBucket.StartAsync(store);

        await Gen.Select(Buckets, Gen.OneOf("", "/", "1"), Gen.Int[1, 12], Gen.OneOf(0, 0, 0.2)).SampleAsync(
            async (keys, delimiter, budget, throttled) =>
            {
                store.Objects = new InMemoryObjectStore(keys.Select(Describe));
                bucket.Server.Weather.ThrottledShare = throttled;
                await using ComposedApi api = new(
                    bucket.Server.Endpoint, TestBucket.Name, pageSize: PageSize, settings: ("S3LISTER_REQUEST_BUDGET", $"{budget}"));

                var parts = await SummaryResponse.PartsAsync(api, $"delimiter={Uri.EscapeDataString(delimiter)}&top=20", mayThrottle: throttled > 0);

                PlainSummary.Of(keys.Select(Describe), "", delimiter).AssertEqual(SummaryResponse.Sum(parts, 20), 20);
            },
            iter: 40,
            threads: 1);
    }

    private static Gen<string> Texts(string alphabet, int shortest, int longest)
    {
        string[] characters = [.. alphabet.EnumerateRunes().Select(rune => rune.ToString())];
        return Gen.Int[0, characters.Length - 1].Select(number => characters[number]).Array[shortest, longest].Select(string.Concat);
    }

    private static StoredObject Describe(string key, int number) => new(Encoding.UTF8.GetBytes(key), new ObjectInfo
    {
        Size = number * 7919L % 1000,
        LastModified = 1_700_000_000 + (number * 104_729L % 5000),
        ETag = new ETag(1, (ulong)number, 0),
        StorageClass = (number % 3) switch { 0 => StorageClass.Standard, 1 => StorageClass.StandardIA, _ => StorageClass.GlacierIR },
    });
}
