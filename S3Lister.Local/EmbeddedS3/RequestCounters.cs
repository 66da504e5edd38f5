namespace S3Lister.Local.EmbeddedS3;

/// <summary>Counts requests by operation, including failed ones.</summary>
internal sealed class RequestCounters
{
    private readonly long[] _counts = new long[Enum.GetValues<S3Operation>().Length];
    private long _throttled;

    /// <summary>Requests for the operation since the start or the last <see cref="Reset"/>.</summary>
    public long this[S3Operation operation] => Volatile.Read(ref _counts[(int)operation]);

    /// <summary>Requests that got SlowDown. They are counted by operation too.</summary>
    public long Throttled => Volatile.Read(ref _throttled);

    public long Total => _counts.Sum();

    public void Reset()
    {
        Array.Clear(_counts);
        Volatile.Write(ref _throttled, 0);
    }

    public void Count(S3Operation operation) => Interlocked.Increment(ref _counts[(int)operation]);

    public void CountThrottled() => Interlocked.Increment(ref _throttled);
}
