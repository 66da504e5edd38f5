using System.Globalization;
using System.Text;
using CsCheck;

namespace S3Lister.Tests.Model;

/// <summary>
/// Random buckets, queries and stores. <c>S3LISTER_MODEL_CASES</c> is the number of cases of each property.
/// </summary>
internal static class Cases
{
    public static readonly int Count = int.Parse(
        Environment.GetEnvironmentVariable("S3LISTER_MODEL_CASES") ?? "3000", CultureInfo.InvariantCulture);

    /// <summary>S3's limit, in bytes of UTF-8.</summary>
    private const int LongestKey = 1024;

    /// <summary>Folders, neighbors in byte order, special characters of URLs, and both ends of the surrogate range.</summary>
    private static readonly Gen<string> Piece = Gen.OneOf(
        "a", "b", "/", "/", "//", "-", ".", ".Gz", "0", " ", "+", "%", "%2F", "&", "é", "日", "\u0001", "\n", "\u007F",
        "\uD7FF", "\uE000", "\uFFFD", "\U00010000", "😀", "\U0010FFFF");

    private static readonly Gen<string> Short = Piece.Array[1, 5].Select(string.Concat);

    private static readonly Gen<string> Simple = Gen.OneOf("a", "b", "/").Array[1, 4].Select(string.Concat);

    private static readonly Gen<string> Numbered = Gen.Int[0, 400].Select(number => $"logs/{number % 7}/{number:0000}");

    private static readonly Gen<string> Long = Gen.Select(Piece, Gen.Int[0, 9]).Select((piece, number) =>
        string.Concat(Enumerable.Repeat(piece, (LongestKey - 1) / Encoding.UTF8.GetByteCount(piece))) + number);

    private static readonly Gen<string[]> Keys = Gen.OneOf(
        Simple.HashSet[0, 12].Select(keys => keys.ToArray()),
        Short.HashSet[0, 30].Select(keys => keys.ToArray()),
        Numbered.HashSet[0, 120].Select(keys => keys.ToArray()),
        Gen.Frequency((9, Short), (1, Long)).HashSet[0, 20].Select(keys => keys.ToArray()));

    private static readonly Gen<string> Delimiters = Gen.OneOf("", "", "/", "/", "/", "//", "a/", "a", "é", "\uE000", "😀/", "%2F");

    /// <summary>A bucket, and a prefix that is often that of some keys, or one of the keys.</summary>
    private static readonly Gen<(string Prefix, ModelObject[] Objects)> Buckets =
        Gen.Select(Keys, Gen.Int[0, 200], Gen.Int[0, 8], Gen.Bool).Select((keys, which, length, isKey) =>
        {
            var prefix = keys.Length == 0 ? "a/" : Beginning(keys[which % keys.Length], length);
            string[] all = isKey && prefix.Length > 0 ? [.. keys.Append(prefix).Distinct()] : keys;
            return (prefix, all.Select((key, number) => new ModelObject(key, number)).ToArray());
        });

    private static readonly Gen<string> Texts = Gen.OneOf(Gen.Const(""), Gen.Const(""), Short, Simple, Numbered);

    /// <summary>The end of a listing: any text, or the beginning of one of the keys.</summary>
    private static readonly Gen<Func<ModelObject[], string>> Ends = Gen.OneOf(
        Texts.Select(text => new Func<ModelObject[], string>(_ => text)),
        Gen.Select(Gen.Int[0, 200], Gen.Int[1, 12]).Select((which, length) => new Func<ModelObject[], string>(
            objects => objects.Length == 0 ? "" : Beginning(objects[which % objects.Length].Key, length))));

    private static readonly Gen<StoreBehavior> Stores = Gen.Select(
        Gen.OneOf(Gen.Const(1000), Gen.Int[1, 5]).List[1, 3], Gen.OneOf(0, 0, 0, 1, 2, 3).List[1, 5],
        Gen.Int[1, 30].List[1, 4], Gen.OneOf(TokenLength.Short, TokenLength.Short, TokenLength.Long), Gen.Bool, Gen.Bool, Gen.Bool)
        .Select((pages, empty, latencies, tokens, repeats, names, echoes) =>
            new StoreBehavior(pages, empty, [Failure.None], latencies, tokens, repeats, names, echoes));

    public static Gen<ListingCase> Listings { get; } = Gen.Select(
        Buckets, Delimiters, Gen.Select(Texts, Ends), ModelFilter.All,
        Gen.OneOf(Gen.OneOf(1000, 10_000), Gen.Int[1, 9]), Gen.OneOf(Limits.Usual, Limits.Usual with { ScanBudget = 3 }),
        Stores, Gen.Enum<Follow>())
        .Select((bucket, delimiter, bounds, filter, maxKeys, limits, store, follow) => new ListingCase(
            bucket.Objects, bucket.Prefix, delimiter, bounds.Item1, bounds.Item2(bucket.Objects), filter, maxKeys, limits, store, follow));

    public static Gen<SummaryCase> Summaries { get; } = Gen.Select(
        Buckets, Delimiters, Gen.Int[0, 20], ModelFilter.All, Gen.OneOf(Gen.Const(0), Gen.Int[2, 9]),
        Gen.OneOf(Gen.Const(0), Gen.Const(1_000_000), Gen.Int[1, 12]).List[1, 3], Gen.OneOf(Gen.Const(1000), Gen.Int[1, 10]), Stores)
        .Select((bucket, delimiter, top, filter, splits, maxRequests, page, store) => new SummaryCase(
            bucket.Objects, bucket.Prefix, delimiter, top, filter, splits, maxRequests, Limits.Usual with { SummaryPage = page }, store));

    /// <summary>In the worst case every request fails.</summary>
    public static Gen<IReadOnlyList<Failure>> Failures(params Failure[] kinds) =>
        Gen.Frequency((3, Gen.Const(Failure.None)), (2, Gen.OneOf(kinds))).List[1, 8].Select(failures => (IReadOnlyList<Failure>)failures);

    /// <summary>Enough time for no response, for some or for all. A request takes up to 30 ms.</summary>
    public static Gen<TimeSpan> Times { get; } =
        Gen.OneOf(Gen.Const(29_000), Gen.Int[1001, 1150], Gen.Int[0, 1000]).Select(milliseconds => TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>The first characters, without cutting a surrogate pair.</summary>
    private static string Beginning(string key, int characters) =>
        string.Concat(key.EnumerateRunes().Take(characters).Select(rune => rune.ToString()));
}
