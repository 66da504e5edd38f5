namespace S3Lister.Local.EmbeddedS3;

/// <summary>
/// Simulated latency and throttling, for tests and benchmarks. Off by default; can be changed while the server runs.
/// </summary>
internal sealed class RequestWeather(TimeProvider time)
{
    private readonly Lock _deciding = new();
    private double _due;
    private long _second = long.MinValue;
    private int _requestsInSecond;

    /// <summary>The least time of a request. Default: zero.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>
    /// The share of requests that get 503 SlowDown, 0 (the default) to 1, spread evenly: with 0.25 every fourth one.
    /// </summary>
    public double ThrottledShare { get; set; }

    /// <summary>Requests in a second of the clock above which the response is SlowDown; 0, the default, for no limit.</summary>
    public int RequestsPerSecond { get; set; }

    public Task DelayAsync(CancellationToken cancellationToken) =>
        Latency > TimeSpan.Zero ? Task.Delay(Latency, time, cancellationToken) : Task.CompletedTask;

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
