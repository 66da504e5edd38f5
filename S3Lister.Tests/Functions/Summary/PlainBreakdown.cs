using System.Text;

namespace S3Lister.Tests.Functions.Summary;

/// <summary>Tree, cube and endings of a summary: sums by name, which can be added.</summary>
/// <param name="Tree">By common prefix; the empty name has what is in none.</param>
/// <param name="Cube">By age class, size class and storage class.</param>
/// <param name="Endings">By ending.</param>
internal sealed record Breakdown(
    SortedDictionary<string, NodeSums> Tree,
    SortedDictionary<string, (long Objects, long Bytes)> Cube,
    SortedDictionary<string, (long Objects, long Bytes)> Endings);

/// <summary>A node's objects and bytes: all, own, rest, and by age class.</summary>
internal sealed record NodeSums(long[] Sums, long Newest, long Oldest)
{
    public static NodeSums Of(IEnumerable<NodeSums> parts)
    {
        var all = parts.ToList();
        return new(
            [.. Enumerable.Range(0, all[0].Sums.Length).Select(at => all.Sum(part => part.Sums[at]))],
            all.Max(part => part.Newest),
            all.Min(part => part.Oldest));
    }

    public bool Equals(NodeSums? other) =>
        other is not null && (Newest, Oldest) == (other.Newest, other.Oldest) && Sums.SequenceEqual(other.Sums);

    public override int GetHashCode() => HashCode.Combine(Newest, Oldest, Sums[0], Sums[1]);

    public override string ToString() => $"{string.Join(' ', Sums)}, {Newest}, {Oldest}";
}

/// <summary>A simple implementation, for comparison.</summary>
internal static class PlainBreakdown
{
    private static readonly long[] SizeEdges = [131_072, 1_048_576, 16_777_216, 134_217_728, 1_073_741_824, 5_368_709_120];

    /// <param name="objects">The objects of the summary.</param>
    /// <param name="prefix">The listing's prefix.</param>
    /// <param name="delimiter">Empty for no tree.</param>
    /// <param name="depth">The number of levels.</param>
    /// <param name="edges">The edges of the age classes, in seconds since 1970.</param>
    public static Breakdown Of(IReadOnlyList<SummaryResponse.Named> objects, string prefix, string delimiter, int depth, long[] edges) => new(
        delimiter.Length == 0 ? new(NaiveListing.Utf8Order) : Tree(objects, prefix, delimiter, depth, edges),
        Table(objects, stored => $"{Class(edges, stored.LastModified)} {Class(SizeEdges, stored.Size)} {stored.StorageClass}"),
        Table(objects, stored => Ending(stored.Key, delimiter.Length == 0 ? "/" : delimiter)));

    public static SortedDictionary<string, NodeSums> Tree(
        IReadOnlyList<SummaryResponse.Named> objects, string prefix, string delimiter, int depth, long[] edges)
    {
        var nodes = from stored in objects
                    let names = Names(stored.Key, prefix, delimiter).ToList()
                    from name in names.Take(depth)
                    let isDeepest = names.IndexOf(name) == Math.Min(depth, names.Count) - 1
                    let sums = Sums(stored, edges, isOwn: isDeepest && names.Count <= depth, isRest: isDeepest && names.Count > depth)
                    group sums by name;
        return new(nodes.ToDictionary(node => node.Key, NodeSums.Of), NaiveListing.Utf8Order);
    }

    /// <summary>The common prefixes that contain a key, from the first level.</summary>
    public static IEnumerable<string> Names(string key, string prefix, string delimiter)
    {
        for (var at = prefix.Length; (at = key.IndexOf(delimiter, at, StringComparison.Ordinal)) >= 0;)
        {
            at += delimiter.Length;
            yield return key[..at];
        }
    }

    private static NodeSums Sums(SummaryResponse.Named stored, long[] edges, bool isOwn, bool isRest)
    {
        var sums = new long[6 + (2 * (edges.Length + 1))];
        foreach (var at in (int[])[0, .. isOwn ? [2] : (int[])[], .. isRest ? [4] : (int[])[], 6 + (2 * Class(edges, stored.LastModified))])
        {
            (sums[at], sums[at + 1]) = (1, stored.Size);
        }

        return new(sums, stored.LastModified, stored.LastModified);
    }

    private static int Class(long[] edges, long value) => edges.Count(edge => edge <= value);

    private static string Ending(string key, string delimiter)
    {
        var segment = key[(key.LastIndexOf(delimiter, StringComparison.Ordinal) is var at and >= 0 ? at + delimiter.Length : 0)..];
        var ending = segment.Contains('.', StringComparison.Ordinal) ? segment[(segment.LastIndexOf('.') + 1)..] : "";
        return Encoding.UTF8.GetByteCount(ending) <= 8 && ending.All(letter => letter is > ' ' and < '\u007f') ? ending.ToLowerInvariant() : "";
    }

    private static SortedDictionary<string, (long, long)> Table(IEnumerable<SummaryResponse.Named> objects, Func<SummaryResponse.Named, string> name) => new(
        objects.GroupBy(name).ToDictionary(rows => rows.Key, rows => ((long)rows.Count(), rows.Sum(stored => stored.Size))),
        NaiveListing.Utf8Order);
}
