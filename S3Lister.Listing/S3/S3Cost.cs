namespace S3Lister.Listing.S3;

/// <summary>
/// What a call has cost at S3 so far, also if it fails. <see cref="Add"/> may be called in parallel.
/// </summary>
internal sealed class S3Cost
{
    private int _requests;
    private long _ticks;

    /// <summary>LIST requests, including those without a usable response. The SDK's retries are not counted.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>
    /// Time spent waiting for S3's responses, including retries: the sum of all requests, also of those that wait in parallel.
    /// </summary>
    public TimeSpan Time => new(Volatile.Read(ref _ticks));

    /// <summary>Objects and common prefixes that S3 returned. Not safe for parallel use.</summary>
    public long Scanned { get; set; }

    public void Add(TimeSpan time)
    {
        Interlocked.Increment(ref _requests);
        Interlocked.Add(ref _ticks, time.Ticks);
    }
}
