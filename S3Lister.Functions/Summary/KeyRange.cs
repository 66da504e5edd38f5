namespace S3Lister.Functions.Summary;

/// <summary>
/// Keys that are still to be listed: those behind <see cref="Position"/> up to and with <see cref="End"/>. All without the
/// listing's prefix.
/// </summary>
/// <param name="position">The last key that was listed; null for the beginning of all.</param>
/// <param name="end">Null for the end of all.</param>
/// <param name="callersToken">S3's token for what follows, as a caller's token carried it; null for none.</param>
internal sealed class KeyRange(byte[]? position, byte[]? end, string? callersToken = null)
{
    /// <summary>The last key that was counted, or the point where the range was cut off; null for the beginning of all.</summary>
    public byte[]? Position { get; private set; } = position;

    /// <summary>Null for the end of all.</summary>
    public byte[]? End { get; private set; } = end;

    /// <summary>S3's own token for what follows the position; null where only start-after leads there.</summary>
    public string? Token { get; private set; } = callersToken;

    /// <summary>Whether the token is the caller's word, and not one that S3 has just given.</summary>
    public bool IsTokenFromCaller { get; private set; } = callersToken is not null;

    /// <summary>
    /// The token, where pages without keys came after the position: the position alone would lead to the first of them
    /// again. Null elsewhere, and where a token of ours has no room for it.
    /// </summary>
    public string? CarriedToken { get; private set; } = callersToken;

    /// <summary>The first key that was listed, from which on <see cref="Seen"/> counts.</summary>
    public byte[]? First { get; private set; }

    /// <summary>Keys listed of this range.</summary>
    public long Seen { get; private set; }

    /// <summary>Answers of S3 for this range.</summary>
    public int Pages { get; private set; }

    /// <summary>Keys that are left, as far as one can tell; 0 while nothing is known.</summary>
    public double Remaining { get; set; }

    /// <summary>Keys that were thought to be between the position of the range that this one was cut off from and its own; 0 for unknown.</summary>
    public double Reach { get; set; }

    /// <summary>How many <see cref="Pages"/> it had when it was last cut and there was something behind the cut.</summary>
    public int PagesAtCut { get; private set; }

    /// <summary>Whether a page of it is being asked for.</summary>
    public bool IsReading { get; set; }

    /// <summary>Whether it waits until others are done, because a token could not hold all positions.</summary>
    public bool IsParked { get; set; }

    /// <summary>Failures in a row.</summary>
    public int Failures { get; set; }

    private string? _carriedAtPosition = callersToken;

    /// <summary>S3's tokens since the position, each of which has led to a page without keys.</summary>
    private HashSet<string>? _emptyPages = callersToken is null ? null : [callersToken];

    public bool Covers(ReadOnlySpan<byte> key) => End is null || key.SequenceCompareTo(End) <= 0;

    /// <summary>Whether the key is the range's end. No key is the end of all, not even the empty rest of one that is the prefix.</summary>
    public bool EndsAt(ReadOnlySpan<byte> key) => End is not null && key.SequenceEqual(End);

    /// <param name="first">The first key of the page.</param>
    /// <param name="last">The last one.</param>
    /// <param name="keys">How many.</param>
    /// <param name="token">S3's token.</param>
    public void Advance(ReadOnlySpan<byte> first, byte[] last, int keys, string? token)
    {
        First ??= first.ToArray();
        Position = last;
        Seen += keys;
        Pages++;
        Token = token;
        (IsTokenFromCaller, CarriedToken, _carriedAtPosition, _emptyPages) = (false, null, null, null);
    }

    /// <summary>Takes its keys so far for those of the last page: the others were of another folder.</summary>
    public void BeginAgain(ReadOnlySpan<byte> first, int keys) => (First, Seen) = (first.ToArray(), keys);

    /// <summary>There is something behind the point where it was cut.</summary>
    public void TakeCut() => PagesAtCut = Pages;

    /// <summary>Goes on after a page without keys and with a token, which is legal.</summary>
    /// <param name="token">S3's token.</param>
    /// <param name="isCarried">Whether a token of ours has room for it.</param>
    /// <returns>False when the tokens lead in a circle.</returns>
    public bool PassOver(string token, bool isCarried)
    {
        Pages++;
        IsTokenFromCaller = false;
        if (!(_emptyPages ??= []).Add(token))
        {
            // It has come nowhere: a token of ours must say so.
            CarriedToken = _carriedAtPosition;
            return false;
        }

        (Token, CarriedToken) = (token, isCarried ? token : null);
        return true;
    }

    /// <summary>Cuts off what is behind a point.</summary>
    /// <param name="share">How much of what remains is before it, as far as one can tell.</param>
    public KeyRange Cut(byte[] point, double share)
    {
        Remaining *= share;
        KeyRange rest = new(point, End);
        End = point;
        return rest;
    }
}
