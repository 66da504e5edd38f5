namespace S3Lister.Listing.Ranges;

/// <summary>
/// Keys that remain to be listed: those after <see cref="Position"/>, up to and including <see cref="End"/>. All keys are
/// without the listing's prefix.
/// </summary>
/// <param name="position">The last key that was listed; null for the beginning of the listing.</param>
/// <param name="end">Null for the end of the listing.</param>
/// <param name="callersToken">S3's token for the keys after the position, as a caller's token carried it; null for none.</param>
internal sealed class KeyRange(byte[]? position, byte[]? end, string? callersToken = null)
{
    private string? _carriedAtPosition = callersToken;
    private double _weightAtCut;

    /// <summary>S3's tokens since the position, each of which has led to a page without keys.</summary>
    private HashSet<string>? _emptyPages = callersToken is null ? null : [callersToken];

    /// <summary>
    /// The last key that was counted, or the point where the range was cut off; null for the beginning of the listing.
    /// </summary>
    public byte[]? Position { get; private set; } = position;

    /// <summary>Null for the end of the listing.</summary>
    public byte[]? End { get; private set; } = end;

    /// <summary>S3's own token for the keys after the position; null where only <c>start-after</c> leads there.</summary>
    public string? Token { get; private set; } = callersToken;

    /// <summary>Whether a caller sent the token, so that S3 may not know it.</summary>
    public bool IsTokenFromCaller { get; private set; } = callersToken is not null;

    /// <summary>
    /// The token, where pages without keys followed the position: the position alone would lead to the first of them
    /// again. Null elsewhere, and where a token of ours has no room for it.
    /// </summary>
    public string? CarriedToken { get; private set; } = callersToken;

    /// <summary>The first key that <see cref="Listed"/> counts; null before the first page.</summary>
    public byte[]? First { get; private set; }

    /// <summary>The number of keys listed in this range.</summary>
    public long Listed { get; private set; }

    /// <summary>The number of S3's pages for this range.</summary>
    public int Pages { get; private set; }

    /// <summary>The estimated number of remaining keys; 0 while nothing is known.</summary>
    public double Remaining { get; set; }

    /// <summary>The estimated number of remaining keys; before the first page, by the cut that made the range.</summary>
    public double Weight => First is null ? _weightAtCut : Remaining;

    /// <summary>
    /// The number of keys estimated between the parent's position and the start of this range; 0 where unknown.
    /// </summary>
    public double ExpectedGap { get; set; }

    /// <summary><see cref="Pages"/> at the last cut that had keys after it.</summary>
    public int PagesAtCut { get; private set; }

    /// <summary>Whether a request for its next page is in flight.</summary>
    public bool IsReading { get; set; }

    /// <summary>Whether it waits until other ranges are complete, because a token could not hold all positions.</summary>
    public bool IsParked { get; set; }

    /// <summary>The number of consecutive failed requests.</summary>
    public int Failures { get; set; }

    public bool Covers(ReadOnlySpan<byte> key) => End is null || key.SequenceCompareTo(End) <= 0;

    /// <summary>
    /// Whether the key is the end of the range. Where <see cref="End"/> is null no key is, not even the empty one.
    /// </summary>
    public bool EndsAt(ReadOnlySpan<byte> key) => End is not null && key.SequenceEqual(End);

    /// <summary>Moves the position to the end of a page.</summary>
    /// <param name="first">The first key of the page.</param>
    /// <param name="last">The last key.</param>
    /// <param name="keys">The number of keys.</param>
    /// <param name="token">S3's token.</param>
    public void Advance(ReadOnlySpan<byte> first, byte[] last, int keys, string? token)
    {
        First ??= first.ToArray();
        Position = last;
        Listed += keys;
        Pages++;
        Token = token;
        (IsTokenFromCaller, CarriedToken, _carriedAtPosition, _emptyPages) = (false, null, null, null);
    }

    /// <summary>Counts only the keys of the last page: those before belong to another folder.</summary>
    public void RestartCount(ReadOnlySpan<byte> first, int keys) => (First, Listed) = (first.ToArray(), keys);

    /// <summary>Records that there are keys after the point where it was last cut.</summary>
    public void ConfirmCut() => PagesAtCut = Pages;

    /// <summary>Continues after a page without keys and with a token, which S3 may return.</summary>
    /// <param name="token">S3's token.</param>
    /// <param name="isCarried">Whether a token of ours has room for it.</param>
    /// <returns>False if the tokens form a loop.</returns>
    public bool SkipEmptyPage(string token, bool isCarried)
    {
        Pages++;
        IsTokenFromCaller = false;
        if (!(_emptyPages ??= []).Add(token))
        {
            // No progress was made: the caller's token must say so.
            CarriedToken = _carriedAtPosition;
            return false;
        }

        (Token, CarriedToken) = (token, isCarried ? token : null);
        return true;
    }

    /// <summary>Cuts off the keys after a point.</summary>
    /// <param name="point">The new end of this range.</param>
    /// <param name="share">The estimated share of the remaining keys that this range keeps.</param>
    /// <returns>The range from the point to the former end.</returns>
    public KeyRange Cut(byte[] point, double share)
    {
        KeyRange rest = new(point, End) { _weightAtCut = Remaining * (1 - share) };
        Remaining *= share;
        End = point;
        return rest;
    }
}
