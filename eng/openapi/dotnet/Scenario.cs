using System.Globalization;
using System.Text.Json;

namespace S3Lister.OpenApi;

/// <summary>Lists, filters, sums and fails through a generated client, and compares with all entries, which are read without one.</summary>
internal static class Scenario
{
    public static async Task RunAsync(IListingClient client, SignedApi api)
    {
        var all = await ReadAllAsync(api);
        Equal("all keys, page by page", all.Select(entry => entry.Key), await ListAsync(client, new()));

        var filters = FiltersFor(all);
        string[] expected = [.. all.Where(entry => Matches(entry, filters)).Select(entry => entry.Key)];
        Filters[] weaker =
        [
            filters with { ModifiedAfter = null }, filters with { ModifiedBefore = null },
            filters with { MinSize = null }, filters with { MaxSize = null }, filters with { StorageClasses = null },
        ];
        Equal("filters that exclude something", weaker, weaker.Where(others => all.Count(entry => Matches(entry, others)) > expected.Length));
        Equal("whether any key matches", [true], [expected.Length > 0]);
        Equal("keys that match the filters", expected, await ListAsync(client, filters));

        var summary = await client.SummarizeAsync("/");
        Equal("sums", [SumsOf("", all)], [new Sums("", summary.Objects, summary.Bytes)]);
        Equal(
            "groups",
            all.GroupBy(entry => Folder(entry, 1)).OrderBy(group => group.Key.Length == 0).Select(group => SumsOf(group.Key, [.. group])),
            summary.Groups);

        var nodes = await client.ReadTreeAsync("/", 2);
        Equal(
            "nodes of the tree",
            Enumerable.Range(1, 2).SelectMany(depth => all.Select(entry => Folder(entry, depth))).Where(name => name.Length > 0).Distinct()
                .Order(StringComparer.Ordinal)
                .Select(name => SumsOf(name, [.. all.Where(entry => entry.Key.StartsWith(name, StringComparison.Ordinal))])),
            nodes.Select(node => node.Whole).OrderBy(sums => sums.CommonPrefix, StringComparer.Ordinal));
        Equal(
            "whether a node is what is in it",
            nodes.Select(node => node.Whole),
            nodes.Select(node => new Sums(node.Whole.CommonPrefix, node.Parts.Sum(part => part.Objects), node.Parts.Sum(part => part.Bytes))));

        Equal(
            "problems",
            [new(400, "InvalidParameter", "max-keys"), new(400, "InvalidContinuationToken", "continuation-token")],
            [await client.ProblemAsync(0, null), await client.ProblemAsync(null, "none")]);
        Console.WriteLine($"{all.Length} objects, {expected.Length} of them filtered, {summary.Groups.Count - 1} groups, {nodes.Count} nodes, 2 problems");
    }

    private static async Task<List<string>> ListAsync(IListingClient client, Filters filters)
    {
        List<string> keys = [];
        string? token = null;
        for (var pages = 1; ; pages++)
        {
            var page = await client.ListPageAsync(filters, 100, token);
            keys.AddRange(page.Keys);
            Equal("whether there is a token", [page.IsTruncated], [page.NextContinuationToken is not null]);
            if (!page.IsTruncated)
            {
                Equal("several pages", [true], [pages > 1]);
                return keys;
            }

            token = page.NextContinuationToken;
        }
    }

    /// <summary>Every object, as NDJSON.</summary>
    private static async Task<Entry[]> ReadAllAsync(SignedApi api)
    {
        List<Entry> all = [];
        for (var next = ""; ;)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(api.Address, $"/objects?{next}max-keys=10000"));
            request.Headers.Accept.ParseAdd("application/x-ndjson");
            using var response = await api.Http.SendAsync(request);
            response.EnsureSuccessStatusCode();
            var lines = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            all.AddRange(lines.Select(line => JsonElement.Parse(line)).Select(entry => new Entry(
                entry.GetProperty("key").GetString()!,
                entry.GetProperty("size").GetInt64(),
                entry.GetProperty("lastModified").GetDateTimeOffset(),
                entry.GetProperty("storageClass").GetString()!)));
            if (!response.Headers.TryGetValues("s3lister-next-continuation-token", out var token))
            {
                return [.. all];
            }

            next = $"continuation-token={token.Single()}&";
        }
    }

    /// <summary>Bounds between the quartiles of the entries. The instants have an offset of two hours.</summary>
    private static Filters FiltersFor(Entry[] all)
    {
        DateTimeOffset[] instants = [.. all.Select(entry => entry.LastModified.ToOffset(TimeSpan.FromHours(2))).Order()];
        string[] sizes = [.. all.Select(entry => entry.Size).Order().Select(size => size.ToString(CultureInfo.InvariantCulture))];
        return new()
        {
            ModifiedAfter = instants[all.Length / 4],
            ModifiedBefore = instants[all.Length * 3 / 4],
            MinSize = sizes[all.Length / 4],
            MaxSize = sizes[all.Length * 3 / 4],
            StorageClasses = [StorageClass.Standard, StorageClass.StandardIa],
        };
    }

    private static bool Matches(Entry entry, Filters filters) =>
        (filters.ModifiedAfter is not { } after || entry.LastModified >= after)
        && (filters.ModifiedBefore is not { } before || entry.LastModified < before)
        && (filters.MinSize is not { } min || entry.Size >= long.Parse(min, CultureInfo.InvariantCulture))
        && (filters.MaxSize is not { } max || entry.Size <= long.Parse(max, CultureInfo.InvariantCulture))
        && (filters.StorageClasses is null || entry.StorageClass is "STANDARD" or "STANDARD_IA");

    /// <summary>The common prefix of a level; empty if the key has fewer.</summary>
    private static string Folder(Entry entry, int depth)
    {
        var end = entry.Key.IndexOf('/', StringComparison.Ordinal) + 1;
        for (var level = 1; level < depth && end > 0; level++)
        {
            end = entry.Key.IndexOf('/', end) + 1;
        }

        return entry.Key[..end];
    }

    private static Sums SumsOf(string name, Entry[] entries) => new(name, entries.Length, entries.Sum(entry => entry.Size));

    private static void Equal<T>(string what, IEnumerable<T> expected, IEnumerable<T> actual)
    {
        if (!expected.SequenceEqual(actual))
        {
            throw new InvalidOperationException($"{what}: expected {Text(expected)}, not {Text(actual)}");
        }

        static string Text(IEnumerable<T> values) => $"{values.Count()} of them: {string.Join(' ', values.Take(20))}";
    }
}
