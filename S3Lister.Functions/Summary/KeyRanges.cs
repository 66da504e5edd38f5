using S3Lister.Functions.S3;

namespace S3Lister.Functions.Summary;

/// <summary>
/// What is left of a listing: ranges in order, none of which overlaps another. It says what to list next, and cuts the
/// range that will take longest where more can be listed at once.
/// </summary>
internal sealed class KeyRanges
{
    private const byte Slash = (byte)'/';

    /// <summary>Pages that must be left of a range to cut it: each cut costs about half of one.</summary>
    private const int WorthCutting = 4;

    /// <summary>Pages that must be left of a range to spend a request on its folders.</summary>
    private const int WorthScouting = 200;

    /// <summary>Folders within folders to look into, one after another.</summary>
    private const int MostScouts = 3;

    /// <summary>Keys of a page that the model learns from, evenly over it.</summary>
    private const int Lessons = 8;

    private readonly KeyModel _model = new();
    private readonly List<KeyRange> _ranges;
    private readonly int _tokenRoom;
    private readonly int _pageSize;

    /// <param name="ranges">In order.</param>
    /// <param name="tokenRoom">Bytes that a token may take of them.</param>
    /// <param name="pageSize">Keys of a page.</param>
    public KeyRanges(IEnumerable<KeyRange> ranges, int tokenRoom, int pageSize) =>
        (_ranges, _tokenRoom, _pageSize) = ([.. ranges], tokenRoom, pageSize);

    public IReadOnlyList<KeyRange> Left => _ranges;

    /// <summary>Ranges of which nothing is known yet.</summary>
    public int Unproven => _ranges.Count(static range => range.Pages == 0 || range.IsScouting);

    /// <summary>A range to list on; null where all are being listed.</summary>
    public KeyRange? Ready() => _ranges.Find(static range => !range.IsReading && !range.IsParked);

    /// <summary>Takes what a page says of its range, and how many of its objects are the range's.</summary>
    /// <returns>Null where the page must not be counted: a token could not hold what would be left.</returns>
    public int? Take(KeyRange range, S3Page page, int prefixLength)
    {
        var keys = Covered(range, page, prefixLength);
        if (keys < page.Objects || page.NextToken is null
            || (keys > 0 && page.Object(keys - 1).Key[prefixLength..].SequenceEqual(range.End)))
        {
            Learn(page, prefixLength);
            Finish(range, keys);
            return keys;
        }

        if (keys == 0)
        {
            return range.PassOver(page.NextToken)
                ? 0
                : throw new UpstreamException(UpstreamCause.InvalidAnswer, "S3's tokens lead in a circle.");
        }

        var last = page.Object(keys - 1).Key[prefixLength..].ToArray();
        if (range != _ranges[0] && SummaryToken.Length(_ranges, range, last) > _tokenRoom)
        {
            // The first is never parked, so that there is always one that goes on; a token has room for its longest key.
            range.IsParked = true;
            return null;
        }

        Learn(page, prefixLength);
        if (range.Pages == 0)
        {
            LeftOf(range)?.Misses = 0;
        }

        range.Advance(page.Object(0).Key[prefixLength..], last, keys, page.NextToken);
        range.Remaining = Estimate(range);
        return keys;
    }

    /// <summary>Takes the folders that S3 named where the range is.</summary>
    /// <param name="page">Listed with a delimiter from the range's position on.</param>
    public void TakeFolders(KeyRange range, S3Page page, byte[] level, int prefixLength)
    {
        range.IsScouting = false;
        var position = range.Position!;
        if (page.NextToken is not null || !position.AsSpan().StartsWith(level))
        {
            return; // More than can be known in one request, or the range has moved on.
        }

        List<byte[]> folders = [];
        for (var i = 0; i < page.CommonPrefixes; i++)
        {
            var folder = page.CommonPrefix(i)[prefixLength..];
            if (folder.SequenceCompareTo(position) > 0 && range.Covers(folder))
            {
                folders.Add(folder.ToArray());
            }
        }

        var length = position.AsSpan(level.Length).IndexOf(Slash);
        range.Folder = length < 0 ? null : position[..(level.Length + length + 1)];
        range.Folders = folders;
        range.FoldersAtFirst = folders.Count;
        range.Remaining = Estimate(range);
    }

    /// <summary>What to do for one more request at once: a new range, or a range whose folders to ask for.</summary>
    /// <returns>Null where no cut is worth its price.</returns>
    public (KeyRange Range, byte[]? Level)? Divide()
    {
        while (_ranges.Where(CanBeCut).MaxBy(static range => range.Remaining) is { } range)
        {
            if (Level(range) is { } level)
            {
                range.Scouts++;
                range.IsScouting = true;
                return (range, level);
            }

            if (TryCut(range) is { } rest)
            {
                return (rest, null);
            }

            range.Patience = range.Pages + 4;
        }

        return null;
    }

    private bool CanBeCut(KeyRange range) => range is { IsScouting: false, Position: not null }
        && (range.Pages > 0 || range.Folders.Count > 0)
        && range.Pages >= range.Patience
        && range.Remaining >= WorthCutting * _pageSize;

    /// <summary>The folder to ask for the folders in it.</summary>
    private byte[]? Level(KeyRange range)
    {
        if (range.Folders.Count > 0 || range.Scouts == MostScouts || range.Remaining < WorthScouting * _pageSize || range.Pages == 0)
        {
            return null;
        }

        var position = range.Position.AsSpan();
        var common = range.End is null ? 0 : position.CommonPrefixLength(range.End);
        var level = position[..common].LastIndexOf(Slash) + 1;
        if (range.Folder is not null && position.StartsWith(range.Folder))
        {
            level = Math.Max(level, range.Folder.Length);
        }

        return position[level..].Contains(Slash) ? position[..level].ToArray() : null;
    }

    private KeyRange? TryCut(KeyRange range)
    {
        byte[]? point;
        double share;
        if (range.Folders.Count > 0)
        {
            (point, share) = (range.Folders[range.Folders.Count / 2], 0.5);
        }
        else
        {
            // The more often there was nothing behind, the nearer to what is known to be there.
            share = Math.Max(Math.Pow(2, -Math.Pow(2, range.Misses)), WorthCutting / 2 * _pageSize / range.Remaining);
            point = SplitPoint.Find(_model, range.Position, range.Expected, share);
        }

        // What the keys look like is a guess; that ranges do not overlap is not.
        if (point is null || point.AsSpan().SequenceCompareTo(range.Position) <= 0 || !range.Covers(point) || !FitsCut(point))
        {
            return null;
        }

        var rest = range.Cut(point);
        rest.Remaining = rest.Folders.Count > 0 ? range.Remaining * (1 - share) : 0;
        range.Remaining *= share;
        _ranges.Insert(_ranges.IndexOf(range) + 1, rest);
        return rest;
    }

    private void Finish(KeyRange range, int keys)
    {
        if (range.Pages == 0 && keys == 0 && LeftOf(range) is { } left)
        {
            left.Misses++;
            _model.LearnEmpty(left.Position, left.End);
            left.Remaining = left.Pages > 0 ? Estimate(left) : left.Remaining;
            left.Patience = left.Misses < 6 ? 0 : left.Pages + left.Misses;
        }

        _ranges.Remove(range);
        _ranges.ForEach(static left => left.IsParked = false);
    }

    private KeyRange? LeftOf(KeyRange range) =>
        _ranges.IndexOf(range) is var index and > 0 && _ranges[index - 1].End == range.Position ? _ranges[index - 1] : null;

    private double Estimate(KeyRange range)
    {
        if (range.Folders.Count > 0)
        {
            return (double)range.Folders.Count * range.Seen / Math.Max(1, range.FoldersAtFirst - range.Folders.Count);
        }

        var end = range.Expected;
        var from = end is null ? 0 : range.First.AsSpan().CommonPrefixLength(end);
        var position = _model.Value(range.Position, from);
        var left = (end is null ? 1 : _model.Value(end, from)) - position;
        var listed = position - _model.Value(range.First, from);
        return left < KeyModel.Least ? range.Seen / 4.0 // The model is wrong: what has given keys will give some more.
            : range.Seen * left / Math.Max(listed, KeyModel.Least);
    }

    private void Learn(S3Page page, int prefixLength)
    {
        for (var i = 0; i < Lessons && page.Objects > 0; i++)
        {
            _model.Learn(page.Object((page.Objects - 1) * i / (Lessons - 1)).Key[prefixLength..]);
        }
    }

    /// <summary>How many of a page's objects are the range's: what is behind its end is another's.</summary>
    private static int Covered(KeyRange range, S3Page page, int prefixLength)
    {
        var (low, high) = (0, page.Objects);
        if (high == 0 || range.Covers(page.Object(high - 1).Key[prefixLength..]))
        {
            return high;
        }

        while (low < high)
        {
            var middle = (low + high) / 2;
            if (range.Covers(page.Object(middle).Key[prefixLength..]))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <remarks>A quarter of the room is left for positions that grow longer.</remarks>
    private bool FitsCut(byte[] point) =>
        SummaryToken.Length(_ranges) + (2 * (point.Length + 4)) <= _tokenRoom * 3 / 4;
}
