using System.Globalization;

namespace S3Lister.Soak;

/// <summary>Latencies and bytes of the calls.</summary>
internal sealed class Figures
{
    private readonly Lock _lock = new();
    private readonly List<TimeSpan> _latencies = new(200_000);
    private long _bytes;

    public int Calls => _latencies.Count;

    public void Add(TimeSpan latency, int bytes)
    {
        lock (_lock)
        {
            _latencies.Add(latency);
            _bytes += bytes;
        }
    }

    public string Summary(TimeSpan time)
    {
        _latencies.Sort();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Calls} calls in {time.TotalSeconds:F1} s: {Calls / time.TotalSeconds:F0} a second, {_bytes / 1e6 / time.TotalSeconds:F1} MB/s; "
            + $"p50 {At(0.5):F0} ms, p99 {At(0.99):F0} ms, longest {At(1):F0} ms");

        double At(double share) => _latencies[(int)(share * (_latencies.Count - 1))].TotalMilliseconds;
    }
}
