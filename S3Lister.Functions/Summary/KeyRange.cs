namespace S3Lister.Functions.Summary;

/// <summary>
/// Keys that are still to be listed: those behind <see cref="Position"/> up to and with <see cref="End"/>. All without the
/// listing's prefix.
/// </summary>
internal sealed class KeyRange(byte[]? position, byte[]? end)
{
    /// <summary>The last key that was counted, or the point where the range was cut off; null for the beginning of all.</summary>
    public byte[]? Position { get; private set; } = position;

    /// <summary>Null for the end of all.</summary>
    public byte[]? End { get; private set; } = end;

    /// <summary>S3's own token for what follows the position; null where only start-after leads there.</summary>
    public string? Token { get; private set; }

    /// <summary>The first key that was listed, from which on <see cref="Seen"/> counts.</summary>
    public byte[]? First { get; private set; }

    /// <summary>Keys listed of this range.</summary>
    public long Seen { get; private set; }

    /// <summary>Answers of S3 for this range.</summary>
    public int Pages { get; private set; }

    /// <summary>Keys that are left, as far as one can tell; 0 while nothing is known.</summary>
    public double Remaining { get; set; }

    /// <summary>How often in a row there was nothing behind a point where this range had been cut.</summary>
    public int Misses { get; set; }

    /// <summary>Not to be cut before it has so many pages.</summary>
    public int Patience { get; set; }

    /// <summary>The folder that all of the range is in as long as its position is; null while none is known.</summary>
    public byte[]? Folder { get; set; }

    /// <summary>Folders that begin behind the position, in order: good places to cut.</summary>
    public List<byte[]> Folders { get; set; } = [];

    /// <summary>How many <see cref="Folders"/> there were at first.</summary>
    public int FoldersAtFirst { get; set; }

    /// <summary>How often it was asked for folders.</summary>
    public int Scouts { get; set; }

    /// <summary>Whether a page of it is being asked for.</summary>
    public bool IsReading { get; set; }

    /// <summary>Whether its folders are being asked for.</summary>
    public bool IsScouting { get; set; }

    /// <summary>Whether it waits until others are done, because a token could not hold all positions.</summary>
    public bool IsParked { get; set; }

    /// <summary>Failures in a row.</summary>
    public int Failures { get; set; }

    /// <summary>S3's tokens that led to pages with nothing on them, one after another.</summary>
    public HashSet<string>? EmptyPages { get; private set; }

    /// <summary>Up to where keys may be expected: the end, or that of the folder where it comes first.</summary>
    public byte[]? Expected
    {
        get
        {
            if (Folders.Count > 0 || Folder is null || !Position.AsSpan().StartsWith(Folder))
            {
                return End;
            }

            byte[] behind = [.. Folder.AsSpan(0, Folder.Length - 1), (byte)(Folder[^1] + 1)];
            return Covers(behind) ? behind : End;
        }
    }

    public bool Covers(ReadOnlySpan<byte> key) => End is null || key.SequenceCompareTo(End) <= 0;

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
        EmptyPages = null;
        Folders.RemoveAll(folder => folder.AsSpan().SequenceCompareTo(last) <= 0);
    }

    /// <summary>A page with nothing on it and a token is legal.</summary>
    /// <returns>False when the tokens lead in a circle.</returns>
    public bool PassOver(string token)
    {
        Pages++;
        Token = token;
        return (EmptyPages ??= []).Add(token);
    }

    /// <summary>Cuts off what is behind a point.</summary>
    public KeyRange Cut(byte[] point)
    {
        KeyRange rest = new(point, End)
        {
            Folder = Folders.Exists(folder => folder.AsSpan().SequenceEqual(point)) ? point : null,
            Folders = Folders.FindAll(folder => folder.AsSpan().SequenceCompareTo(point) > 0),
        };
        rest.FoldersAtFirst = rest.Folders.Count;
        Folders.RemoveAll(folder => folder.AsSpan().SequenceCompareTo(point) >= 0);
        End = point;
        return rest;
    }
}
