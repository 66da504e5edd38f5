namespace S3Lister.Functions.S3;

/// <summary>What a request has cost at S3 so far; also known where the request ends without a page.</summary>
internal sealed class S3Cost
{
    /// <summary>LIST requests, those whose answer was of no use among them; the SDK's retries are not counted.</summary>
    public int Requests { get; private set; }

    /// <summary>Time spent waiting for S3's answers, retries included.</summary>
    public TimeSpan Time { get; private set; }

    /// <summary>Objects and common prefixes that S3 answered.</summary>
    public int Scanned { get; set; }

    public void Add(TimeSpan time)
    {
        Requests++;
        Time += time;
    }
}
