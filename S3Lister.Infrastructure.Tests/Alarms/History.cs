namespace S3Lister.Infrastructure.Tests.Alarms;

/// <summary>Made-up metrics by minute, with prefix sums because some windows are days long.</summary>
internal sealed class History(int minutes, Func<string, int, double?> values)
{
    private readonly Dictionary<string, (double?[] Points, double[] Sums, int[] Counts)> _series = [];

    /// <summary>The last minute whose metrics have arrived.</summary>
    public int Seen { get; set; } = minutes - 1;

    /// <summary>The sum over a window that ends with a minute; null without a datapoint.</summary>
    public double? Sum(string metric, int last, int length)
    {
        var (_, sums, counts) = Series(metric);
        var (first, end) = (Math.Max(0, last - length + 1), Math.Max(0, Math.Min(last, Seen) + 1));
        return counts[end] == counts[Math.Min(first, end)] ? null : sums[end] - sums[first];
    }

    public IEnumerable<double> Points(string metric, int last, int length)
    {
        var (points, _, _) = Series(metric);
        return Enumerable.Range(last - length + 1, length).Where(minute => minute >= 0 && minute <= Seen).Select(minute => points[minute]).OfType<double>();
    }

    private (double?[] Points, double[] Sums, int[] Counts) Series(string metric)
    {
        if (_series.TryGetValue(metric, out var known))
        {
            return known;
        }

        double?[] points = [.. Enumerable.Range(0, minutes).Select(minute => values(metric, minute))];
        var (sums, counts) = (new double[minutes + 1], new int[minutes + 1]);
        for (var minute = 0; minute < minutes; minute++)
        {
            sums[minute + 1] = sums[minute] + (points[minute] ?? 0);
            counts[minute + 1] = counts[minute] + (points[minute] is null ? 0 : 1);
        }

        return _series[metric] = (points, sums, counts);
    }
}
