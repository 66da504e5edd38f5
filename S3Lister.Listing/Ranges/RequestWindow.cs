namespace S3Lister.Listing.Ranges;

/// <summary>
/// How many requests to have at S3 at once. It begins with few, grows with each answer while that makes answers come
/// faster, and halves when S3 asks to slow down; after that it grows by a quarter a round.
/// </summary>
internal sealed class RequestWindow(TimeProvider time)
{
    public const int First = 4;

    /// <summary>As many answers of 30 milliseconds as a core can read. Each is held in memory: up to half a megabyte.</summary>
    public const int Largest = 40;

    /// <summary>A growth is worth it when answers come so much faster.</summary>
    private const double Faster = 1.05;

    /// <summary>Rounds without growth after which to try again.</summary>
    private const int RoundsOfRest = 16;

    private long _since = time.GetTimestamp();
    private long _halved = time.GetTimestamp();
    private int _answers;
    private int _rounds;
    private int _before = First;
    private int _round = First;
    private double _rate;
    private bool _isSteep = true;

    public int Size { get; private set; } = First;

    private int Larger => Math.Min(Size + 1 + (Size / 4), Largest);

    /// <summary>An answer has come.</summary>
    /// <param name="wasFull">Whether there were as many under way as there may be. Otherwise it says nothing of what more would bring.</param>
    public void Succeed(bool wasFull)
    {
        if (_isSteep)
        {
            Size = Math.Min(Size + 1, Largest);
        }

        if (!wasFull)
        {
            (_answers, _since, _rate) = (0, time.GetTimestamp(), 0);
            return;
        }

        _answers++;
        if (_answers >= _round)
        {
            EndRound();
        }
    }

    /// <summary>S3 has asked to slow down. Those that were on their way at the same time count once.</summary>
    /// <param name="started">When the request that it asked so was sent.</param>
    public void SlowDown(long started)
    {
        _isSteep = false;
        if (started >= _halved)
        {
            Size = Math.Max(1, Size / 2);
            _halved = time.GetTimestamp();
            (_answers, _round, _since, _rate, _rounds, _before) = (0, Size, _halved, 0, 0, Size);
        }
    }

    private void EndRound()
    {
        var now = time.GetTimestamp();
        var rate = _answers / Math.Max(time.GetElapsedTime(_since, now).TotalSeconds, 1e-6);
        if (rate > _rate * Faster)
        {
            (_rate, _rounds, _before) = (rate, 0, Size);
            Size = _isSteep ? Size : Larger;
        }
        else if (_isSteep || ++_rounds == 1)
        {
            // The last growth brought nothing.
            (_isSteep, _rounds, Size) = (false, 1, _before);
        }
        else if (_rounds == RoundsOfRest)
        {
            (_rate, _rounds, _before) = (rate, 0, Size);
            Size = Larger;
        }

        (_answers, _round, _since) = (0, Size, now);
    }
}
