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

    /// <summary>Levels of folders to look into, one after another.</summary>
    private const int MostLevels = 4;

    /// <summary>An estimate that is so many times what it is made from is trusted in its logarithm only.</summary>
    private const double FarFromSeen = 64;

    /// <summary>Of what a range has given since it was last cut, it is expected to give so much more, whatever else is thought.</summary>
    private const double GoesOn = 0.5;

    /// <summary>Keys of a page that the model learns from, evenly over it.</summary>
    private const int Lessons = 8;

    private readonly KeyModel _model = new();
    private readonly KnownFolders _folders = new();
    private readonly List<KeyRange> _ranges;
    private readonly int _tokenRoom;
    private readonly int _pageSize;
    private readonly int _longestKey;
    private int _level;
    private bool _isScouting;

    /// <param name="ranges">In order.</param>
    /// <param name="tokenRoom">Bytes that a token may take of them.</param>
    /// <param name="pageSize">Keys of a page.</param>
    /// <param name="longestKey">Bytes that a key may have behind the listing's prefix.</param>
    public KeyRanges(IEnumerable<KeyRange> ranges, int tokenRoom, int pageSize, int longestKey) =>
        (_ranges, _tokenRoom, _pageSize, _longestKey) = ([.. ranges], tokenRoom, pageSize, longestKey);

    public IReadOnlyList<KeyRange> Left => _ranges;

    /// <summary>Ranges of which nothing is known yet.</summary>
    public int Unproven => _ranges.Count(static range => range.Pages == 0) + (_isScouting ? 1 : 0);

    /// <summary>A range to list on; null where all are being listed.</summary>
    public KeyRange? Ready() => _ranges.Find(static range => !range.IsReading && !range.IsParked);

    /// <summary>Takes what a page says of its range, and how many of its objects are the range's.</summary>
    /// <returns>Null where the page must not be counted: a token could not hold what would be left.</returns>
    public int? Take(KeyRange range, S3Page page, int prefixLength)
    {
        var keys = Covered(range, page, prefixLength);
        if (keys < page.Objects || page.NextToken is null
            || (keys > 0 && range.EndsAt(page.Object(keys - 1).Key[prefixLength..])))
        {
            Learn(page, prefixLength);
            Finish(range, keys);
            return keys;
        }

        if (keys == 0)
        {
            return PassOver(range, page.NextToken);
        }

        var last = page.Object(keys - 1).Key[prefixLength..].ToArray();
        if (range != _ranges[0] && SummaryToken.Length(_ranges, range, last) > _tokenRoom)
        {
            // The first is never parked, so that there is always one that goes on; a token has room for its longest key.
            range.IsParked = true;
            return null;
        }

        Learn(page, prefixLength);
        var (isFirst, point) = (range.First is null, range.Position);
        range.Advance(page.Object(0).Key[prefixLength..], last, keys, page.NextToken);
        if (_folders.Between(last, range.End).IsEmpty && _folders.Of(last) is { } folder && !range.First.AsSpan().StartsWith(folder))
        {
            range.BeginAgain(page.Object(0).Key[prefixLength..], keys);
        }

        if (isFirst)
        {
            LeftOf(range)?.TakeCut();
            range.Reach = range.Reach > 0 && Gap(range, point) > range.Reach / 4 ? 0 : range.Reach;
        }

        range.Remaining = Estimate(range);
        return keys;
    }

    /// <summary>Takes the folders that S3 named on a level; null where it named none.</summary>
    public void TakeFolders(S3Page? page, int prefixLength)
    {
        _isScouting = false;
        for (var i = 0; i < page?.CommonPrefixes; i++)
        {
            var folder = page.CommonPrefix(i)[prefixLength..].ToArray();
            _model.Learn(folder);
            _folders.Add(folder);
        }

        _ranges.ForEach(range => range.Remaining = range.First is null ? 0 : Estimate(range));
    }

    /// <summary>What to do for one more request at once: a new range, or a range whose folders to ask for.</summary>
    /// <param name="price">How many times the usual a cut must bring.</param>
    /// <returns>Null where nothing is worth it.</returns>
    public (KeyRange Range, byte[]? Level)? Divide(double price)
    {
        while (_ranges.Where(CanBeCut).MaxBy(static range => range.Remaining) is { } range)
        {
            if (Level(range) is { } level)
            {
                _isScouting = true;
                _level++;
                return (range, level);
            }

            if (range.Remaining < price * WorthCutting * _pageSize)
            {
                return null;
            }

            if (Cut(range) is { } rest)
            {
                return (rest, null);
            }

            range.Remaining = 0;
        }

        return null;
    }

    /// <summary>Not while nobody knows whether there is something behind the last cut.</summary>
    private bool CanBeCut(KeyRange range) => range.First is not null && RightOf(range) is not { Pages: 0 };

    /// <summary>The folder to ask for the folders in it.</summary>
    private byte[]? Level(KeyRange range)
    {
        if (_isScouting || _level == MostLevels || range.Pages < _level)
        {
            return null;
        }

        var position = range.Position.AsSpan();
        var length = 0;
        for (var level = 0; level < _level; level++)
        {
            length += position[length..].IndexOf(Slash) + 1;
        }

        return position[length..].Contains(Slash) ? position[..length].ToArray() : null;
    }

    private KeyRange? Cut(KeyRange range)
    {
        var folders = _folders.Between(range.Position!, range.End);
        var seen = Math.Max(range.Seen, range.Reach);

        // Far from what was seen it is the size's logarithm that is halved: a few cuts find out, and not one a digit.
        var share = folders.IsEmpty && range.Remaining > FarFromSeen * seen ? Math.Sqrt(seen / range.Remaining) : 0.5;

        // What the keys look like is a guess; that ranges do not overlap is not.
        if ((folders.IsEmpty
            ? SplitPoint.Find(_model, range.Position, _folders.ExpectedEnd(range.Position!, range.End), share, _longestKey)
            : folders[folders.Length / 2]) is not { } point
            || point.AsSpan().SequenceCompareTo(range.Position) <= 0 || !range.Covers(point) || !FitsCut(point))
        {
            return null;
        }

        var rest = range.Cut(point, share);
        rest.Reach = folders.IsEmpty ? range.Remaining : 0;
        _ranges.Insert(_ranges.IndexOf(range) + 1, rest);
        return rest;
    }

    private int? PassOver(KeyRange range, string s3Token)
    {
        var fits = SummaryToken.Length(_ranges, range, range.Position, s3Token) <= _tokenRoom;
        if (!fits && range != _ranges[0])
        {
            range.IsParked = true;
            return null;
        }

        return range.PassOver(s3Token, fits)
            ? 0
            : throw new UpstreamException(UpstreamCause.InvalidAnswer, "S3's tokens lead in a circle.");
    }

    private void Finish(KeyRange range, int keys)
    {
        if (range.Pages == 0 && LeftOf(range) is { } left)
        {
            if (keys > 0)
            {
                left.TakeCut();
            }
            else
            {
                _model.LearnEmpty(left.Position, left.End);
                left.Remaining = left.First is null ? 0 : Estimate(left);
            }
        }

        _ranges.Remove(range);
        _ranges.ForEach(static left => left.IsParked = false);
    }

    private KeyRange? LeftOf(KeyRange range) =>
        _ranges.IndexOf(range) is var index and > 0 && _ranges[index - 1].End == range.Position ? _ranges[index - 1] : null;

    private KeyRange? RightOf(KeyRange range) =>
        _ranges.IndexOf(range) is var index && index < _ranges.Count - 1 && _ranges[index + 1].Position == range.End ? _ranges[index + 1] : null;

    /// <summary>By what share of their numbers the keys so far have taken, and by what came since the last cut.</summary>
    private double Estimate(KeyRange range)
    {
        var end = _folders.ExpectedEnd(range.Position!, range.End);
        var from = end is null ? 0 : range.First.AsSpan().CommonPrefixLength(end);
        var position = _model.Value(range.Position, from);
        var left = (end is null ? 1 : _model.Value(end, from)) - position;
        var listed = position - _model.Value(range.First, from);
        var model = left < KeyModel.Least ? 0 : range.Seen * left / Math.Max(listed, KeyModel.Least);
        var folders = _folders.Between(range.Position!, range.End).Length;
        return Math.Max(
            folders > 0 ? Math.Min(model, FarFromSeen * folders * range.Seen) : model,
            GoesOn * (range.Pages - range.PagesAtCut) * _pageSize);
    }

    /// <summary>Keys that would be between the point where a range was cut off and its first one.</summary>
    private double Gap(KeyRange range, ReadOnlySpan<byte> point)
    {
        var from = point.CommonPrefixLength(range.Position);
        var first = _model.Value(range.First, from);
        return range.Seen * (first - _model.Value(point, from)) / Math.Max(_model.Value(range.Position, from) - first, KeyModel.Least);
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
        SummaryToken.Length(_ranges) + (2 * (point.Length + 4)) + 1 <= _tokenRoom * 3 / 4;
}
