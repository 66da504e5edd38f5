using S3Lister.Cli.Output;
using S3Lister.Client;

namespace S3Lister.Cli.Usage;

/// <summary>Sums by age, storage class, size or ending.</summary>
/// <param name="Title">What the names are.</param>
/// <param name="Rows">The sums. Classes are in their order; storage classes and endings are the largest first.</param>
/// <param name="Whole">The sum of all.</param>
internal sealed record UsageBreakdown(string Title, IReadOnlyList<(string Name, Sum Sums)> Rows, Sum Whole)
{
    /// <summary>The edges of the age classes, in days.</summary>
    private static readonly int[] Days = [730, 365, 180, 90, 30];

    public static IReadOnlyList<string> Names { get; } = ["age", "class", "size", "ending"];

    /// <summary>Requests what a breakdown needs.</summary>
    /// <param name="by">One of <see cref="Names"/>.</param>
    /// <param name="now">The instant that ages are counted from.</param>
    public static SummaryQuery Request(string by, SummaryQuery query, DateTimeOffset now) => by switch
    {
        "age" => query with { ByCube = true, ModifiedEdges = [.. Days.Select(days => now.AddDays(-days))] },
        "size" => query with { ByCube = true },
        "ending" => query with { ByEnding = true },
        _ => query,
    };

    public static UsageBreakdown Of(string by, Summary summary) => new(
        by,
        by switch
        {
            "age" => [.. Classes(summary.Cube!, cell => cell.Age, Days.Length + 1, AgeName)],
            "size" => [.. Classes(summary.Cube!, cell => cell.Size, summary.Edges!.Size.Count + 1, size => SizeName(summary.Edges.Size, size))],
            "ending" => [.. Endings(summary)],
            _ => [.. summary.StorageClasses.Select(row => (row.StorageClass, new Sum(row.Objects, row.Bytes))).OrderByDescending(row => row.Item2.Bytes)],
        },
        new(summary.Objects, summary.Bytes));

    private static IEnumerable<(string Name, Sum Sums)> Classes(IReadOnlyList<CubeCell> cells, Func<CubeCell, int> key, int count, Func<int, string> name) =>
        from number in Enumerable.Range(0, count)
        let sums = cells.Where(cell => key(cell) == number).ToArray()
        where sums.Length > 0
        select (name(number), new Sum(sums.Sum(cell => cell.Objects), sums.Sum(cell => cell.Bytes)));

    private static IEnumerable<(string Name, Sum Sums)> Endings(Summary summary)
    {
        var rows = summary.Endings!.Select(row => (row.Ending.Length == 0 ? "(none)" : $".{row.Ending}", new Sum(row.Objects, row.Bytes)));
        return summary.OtherEndings!.Objects > 0 ? rows.Append(("(others)", summary.OtherEndings)) : rows;
    }

    private static string AgeName(int age) =>
        age == 0 ? $"over {Days[0]} days" : age == Days.Length ? $"up to {Days[^1]} days" : $"{Days[age]} to {Days[age - 1]} days";

    private static string SizeName(IReadOnlyList<long> edges, int size) =>
        size == 0 ? $"under {ByteSize.Short(edges[0])}"
        : size == edges.Count ? $"from {ByteSize.Short(edges[^1])}"
        : $"{ByteSize.Short(edges[size - 1])} to {ByteSize.Short(edges[size])}";
}
