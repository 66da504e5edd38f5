using System.Globalization;

namespace S3Lister.Benchmarks.Report;

/// <summary>Formats the results as a table with a column for each function.</summary>
internal static class ProcessTable
{
    private static readonly (string Name, Func<FunctionFigures, string> Value)[] Rows =
    [
        ("warm page, ms", static figures => Times(figures.WarmPage)),
        ("CPU of a warm page, ms", static figures => Times(figures.WarmPageCpu)),
        ("  of it in the kernel, ms", static figures => Number(figures.WarmPageSystemCpu.Median)),
        ("CPU of a page in gzip, ms", static figures => Compressed(figures, "gzip")),
        ("CPU of a page in br, ms", static figures => Compressed(figures, "br")),
        ("garbage of a page, KB", static figures => figures.GarbagePerPage is { } bytes ? Number(bytes / 1000) : "-"),
        ("response, KB", static figures => Number(figures.ResponseBytes / 1000.0)),
        ("peak memory, first page, MB", static figures => Number(figures.PeakMemoryFirstPage / 1e6)),
        ("peak memory, MB", static figures => Number(figures.PeakMemory / 1e6)),
        ("largest file, MB", static figures => Number(figures.BinaryBytes / 1e6)),
        ("zip, MB", static figures => Number(figures.ZipBytes / 1e6)),
    ];

    public static string Text(ProcessReport report)
    {
        const int Width = 26;
        List<string> lines = [$"{"median (p95; least)",-34}{string.Concat(report.Functions.Select(figures => $"{figures.Name,Width}"))}"];
        foreach (var index in Enumerable.Range(0, report.Functions[0].Starts.Count))
        {
            var (memory, latency) = report.Functions[0].Starts[index].Condition;
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{(memory is null ? "All cores" : $"{memory} MB")}, S3's latency {latency} ms"));
            lines.Add(Line("  initialization, ms", figures => Times(figures.Starts[index].Initialization)));
            lines.Add(Line("  event to first response, ms", figures => Times(figures.Starts[index].FirstResponse)));
            lines.Add(Line("  both, ms", figures => Times(figures.Starts[index].StartToFirstResponse)));
            lines.Add(Line("  CPU of both, ms", figures => Times(figures.Starts[index].Cpu)));
        }

        lines.AddRange(Rows.Select(row => Line(row.Name, row.Value)));
        return string.Join(Environment.NewLine, lines);

        string Line(string name, Func<FunctionFigures, string> value) =>
            $"{name,-34}{string.Concat(report.Functions.Select(figures => $"{value(figures),Width}"))}";
    }

    private static string Times(Distribution times) => $"{Number(times.Median)} ({Number(times.P95)}; {Number(times.Least)})";

    private static string Compressed(FunctionFigures figures, string encoding) =>
        figures.Compressed.TryGetValue(encoding, out var compressed)
            ? $"{Number(compressed.Cpu.Median)} for {Number(compressed.BodyBytes / 1000.0)} KB"
            : "-";

    private static string Number(double value) =>
        value.ToString(value < 10 ? "F2" : value < 100 ? "F1" : "F0", CultureInfo.InvariantCulture);
}
