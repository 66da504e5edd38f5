using System.Globalization;
using S3Lister.Benchmarks.Prefixes;

namespace S3Lister.Benchmarks.Report;

/// <summary>Formats the results as a table with a line for each program.</summary>
internal static class PrefixTable
{
    public static string Text(PrefixReport report)
    {
        List<string> lines = [string.Create(CultureInfo.InvariantCulture, $"{"",-28}{"seconds",10}{"least",10}{"CPU",10}{"LISTs",10}{"extra",9}{"memory, MB",12}")];
        lines.AddRange(report.Ways.Select(way => string.Create(
            CultureInfo.InvariantCulture,
            $"{way.Name,-28}{way.Time.Median / 1000,10:F2}{way.Time.Least / 1000,10:F2}{way.Cpu?.Median / 1000,10:F2}{way.Requests,10}{100.0 * (way.Requests - report.MinimalRequests) / report.MinimalRequests,8:F1}%{way.PeakMemory / 1e6,12:F1}")));
        return string.Join(Environment.NewLine, lines);
    }
}
