namespace S3Lister.Listing.S3;

/// <summary>
/// What a request has cost at S3 so far; also known where the request ends without a page. Requests may be made at once.
/// </summary>
internal sealed class S3Cost
{
    private int _requests;
    private long _ticks;

    /// <summary>LIST requests, those whose answer was of no use among them; the SDK's retries are not counted.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>
    /// Time spent waiting for S3's answers, retries included: the sum over all requests, which is longer than the clock's
    /// where several wait at once.
    /// </summary>
    public TimeSpan Time => new(Volatile.Read(ref _ticks));

    /// <summary>Objects and common prefixes that S3 answered. Written by one at a time.</summary>
    public long Scanned { get; set; }

    public void Add(TimeSpan time)
    {
        Interlocked.Increment(ref _requests);
        Interlocked.Add(ref _ticks, time.Ticks);
    }
}
