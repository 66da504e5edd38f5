using S3Lister.Local.EmbeddedS3.Synthetic;

namespace S3Lister.Local.EmbeddedS3;

/// <summary>
/// Simulated latency and throttling, for tests and benchmarks. Off by default; can be changed while the server runs.
/// </summary>
internal sealed class RequestWeather(TimeProvider time)
{
    private readonly Lock _deciding = new();
    private long _waits;
    private long _waited;
    private double _due;
    private long _second = long.MinValue;
    private int _requestsInSecond;

    /// <summary>The mean of the time that each request waits. Default: zero.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>
    /// How far a request's latency may be from the mean, as a share of it, 0 (the default) to 1: with 0.4, latencies of a mean
    /// of 80 ms are spread evenly from 48 to 112 ms.
    /// </summary>
    public double LatencySpread { get; set; }

    /// <summary>How long all requests together have waited, measured.</summary>
    public TimeSpan Waited => TimeSpan.FromTicks(Volatile.Read(ref _waited));

    /// <summary>
    /// The share of requests that get 503 SlowDown, 0 (the default) to 1, spread evenly: with 0.25 every fourth one.
    /// </summary>
    public double ThrottledShare { get; set; }

    /// <summary>Requests in a second of the clock above which the response is SlowDown; 0, the default, for no limit.</summary>
    public int RequestsPerSecond { get; set; }

    public async Task DelayAsync(CancellationToken cancellationToken)
    {
        if (Latency <= TimeSpan.Zero)
        {
            return;
        }

        var started = time.GetTimestamp();
        await Task.Delay(Latency * (1 + (LatencySpread * NextDeviation())), time, cancellationToken);
        Interlocked.Add(ref _waited, time.GetElapsedTime(started).Ticks);
    }

    public bool Throttles()
    {
        if (ThrottledShare <= 0 && RequestsPerSecond <= 0)
        {
            return false;
        }

        lock (_deciding)
        {
            return IsAboveRate() || IsInShare();
        }
    }

    /// <returns>-1 to 1, the same sequence in each server.</returns>
    private double NextDeviation() => (Hash.Of((ulong)Interlocked.Increment(ref _waits)) / (ulong.MaxValue / 2.0)) - 1;

    private bool IsInShare()
    {
        _due += ThrottledShare;
        if (_due < 1)
        {
            return false;
        }

        _due -= 1;
        return true;
    }

    private bool IsAboveRate()
    {
        if (RequestsPerSecond <= 0)
        {
            return false;
        }

        var second = time.GetUtcNow().ToUnixTimeSeconds();
        (_second, _requestsInSecond) = (second, second == _second ? _requestsInSecond + 1 : 1);
        return _requestsInSecond > RequestsPerSecond;
    }
}
