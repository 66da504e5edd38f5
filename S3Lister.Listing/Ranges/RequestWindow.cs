namespace S3Lister.Listing.Ranges;

/// <summary>
/// The number of requests that may be in flight, controlled like TCP's congestion window. It grows by one with each response
/// (slow start) while that raises the response rate, and halves when S3 throttles. After that it grows by a quarter a round.
/// </summary>
internal sealed class RequestWindow(TimeProvider time)
{
    public const int InitialSize = 4;

    /// <summary>
    /// A guard for small responses, which memory does not limit: as many as one core can read, 1,500 per second, if each takes
    /// 170 ms.
    /// </summary>
    public const int MaxSize = 256;

    /// <summary>The factor by which growth must raise the rate to be worth it.</summary>
    private const double MinSpeedup = 1.05;

    /// <summary>The number of rounds without growth after which growth is tried again.</summary>
    private const int RoundsBeforeProbe = 16;

    private long _roundStarted = time.GetTimestamp();
    private long _lastBackoff = time.GetTimestamp();
    private int _responses;
    private int _roundLength = InitialSize;
    private int _roundsWithoutGrowth;
    private int _sizeBeforeGrowth = InitialSize;
    private bool _inSlowStart = true;

    /// <summary>Responses per second in the last round that was faster than the one before; 0 where unknown.</summary>
    private double _rate;

    public int Size { get; private set; } = InitialSize;

    private int NextSize => Math.Min(Size + 1 + (Size / 4), MaxSize);

    /// <summary>Records a response.</summary>
    /// <param name="wasFull">Whether the window was full. Otherwise the rate says nothing about the effect of growth.</param>
    public void RecordSuccess(bool wasFull)
    {
        if (_inSlowStart)
        {
            Size = Math.Min(Size + 1, MaxSize);
        }

        if (!wasFull)
        {
            (_responses, _roundStarted, _rate) = (0, time.GetTimestamp(), 0);
            return;
        }

        _responses++;
        if (_responses >= _roundLength)
        {
            EndRound();
        }
    }

    /// <summary>
    /// Halves the window because S3 throttled a request, but only once for all requests that were in flight.
    /// </summary>
    /// <param name="started">When the throttled request was sent.</param>
    public void BackOff(long started)
    {
        _inSlowStart = false;
        if (started >= _lastBackoff)
        {
            Size = Math.Max(1, Size / 2);
            _lastBackoff = time.GetTimestamp();
            (_responses, _roundLength, _roundStarted) = (0, Size, _lastBackoff);
            (_rate, _roundsWithoutGrowth, _sizeBeforeGrowth) = (0, 0, Size);
        }
    }

    private void EndRound()
    {
        var now = time.GetTimestamp();
        var rate = _responses / Math.Max(time.GetElapsedTime(_roundStarted, now).TotalSeconds, 1e-6);
        if (rate > _rate * MinSpeedup)
        {
            (_rate, _roundsWithoutGrowth, _sizeBeforeGrowth) = (rate, 0, Size);
            Size = _inSlowStart ? Size : NextSize;
        }
        else if (_inSlowStart || ++_roundsWithoutGrowth == 1)
        {
            // The last growth did not raise the rate.
            (_inSlowStart, _roundsWithoutGrowth, Size) = (false, 1, _sizeBeforeGrowth);
        }
        else if (_roundsWithoutGrowth == RoundsBeforeProbe)
        {
            (_rate, _roundsWithoutGrowth, _sizeBeforeGrowth) = (rate, 0, Size);
            Size = NextSize;
        }

        (_responses, _roundLength, _roundStarted) = (0, Size, now);
    }
}
