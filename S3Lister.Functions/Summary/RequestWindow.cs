namespace S3Lister.Functions.Summary;

/// <summary>
/// How many requests to have at S3 at once. It begins with few, grows with each answer while that makes answers come
/// faster, and halves when S3 asks to slow down; after that it grows by one a round, as TCP does.
/// </summary>
internal sealed class RequestWindow(TimeProvider time)
{
    public const int First = 4;
    public const int Largest = 64;

    private long _since = time.GetTimestamp();
    private long _halved = time.GetTimestamp();
    private int _answers;
    private int _round = First;
    private double _rate;
    private bool _isSteep = true;

    public int Size { get; private set; } = First;

    /// <summary>An answer has come.</summary>
    public void Succeed()
    {
        _answers++;
        if (_isSteep)
        {
            Size = Math.Min(Size + 1, Largest);
        }

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
            (_answers, _round, _since, _rate) = (0, Size, _halved, 0);
        }
    }

    private void EndRound()
    {
        var now = time.GetTimestamp();
        var rate = _answers / Math.Max(time.GetElapsedTime(_since, now).TotalSeconds, 1e-6);
        _isSteep &= rate > _rate * 1.1;
        if (!_isSteep && rate > _rate * 0.9)
        {
            Size = Math.Min(Size + 1, Largest);
        }

        (_answers, _round, _since, _rate) = (0, Size, now, Math.Max(rate, _rate));
    }
}
