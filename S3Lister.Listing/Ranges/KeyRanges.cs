using System.Text;
using S3Lister.Listing.S3;

namespace S3Lister.Listing.Ranges;

/// <summary>
/// The remaining ranges of a listing, in order and without overlap. It decides what to list next, and cuts the range that
/// will take longest when more can be listed in parallel.
/// </summary>
/// <remarks>
/// A range is read from its position to its end. A cut moves its end to a point between the two; the rest becomes a new
/// range, which is read in parallel. A range that has reached its end is removed.
/// <code>
/// start                 Position          point            End
///   |======= listed =======|- - remaining - -|- - - - - - - -|
///
///   |======= listed =======|- - - - - - - - -|                 this range: End = point
///                                            |- - - - - - - -|  new range: Position = point, no page yet
///                                                |== listed =|  its first page starts at First; from point to First
///                                                               there is a gap of keys that do not exist
/// </code>
/// No range is cut while it is unknown whether there are keys after its last cut.
/// </remarks>
/// <param name="prefix">The listing's prefix. The keys of the ranges are without it.</param>
/// <param name="remaining">The ranges, in order.</param>
/// <param name="pageSize">The number of keys of a page, 1 to 1000.</param>
/// <param name="maxLength">The maximum of <see cref="RangeEncoding.Length"/>, so that a token has room for the ranges.</param>
internal sealed class KeyRanges(string prefix, IEnumerable<KeyRange> remaining, int pageSize, int maxLength)
{
    private const byte Slash = (byte)'/';

    /// <summary>The number of pages that must remain in a range to cut it: each cut costs about half a page.</summary>
    private const int MinPagesToCut = 4;

    /// <summary>The number of folder levels to request, one after another.</summary>
    private const int MaxLevels = 4;

    /// <summary>Where an estimate is more than this many times the keys listed, a cut halves its logarithm.</summary>
    private const double MaxExtrapolation = 64;

    /// <summary>Lower bound of the estimate, as a share of the keys listed since the last cut.</summary>
    private const double ContinuationShare = 0.5;

    /// <summary>The number of keys of a page that the model learns from, evenly distributed.</summary>
    private const int SamplesPerPage = 8;

    private readonly KeyModel _model = new();
    private readonly KnownFolders _folders = new();
    private readonly List<KeyRange> _ranges = [.. remaining];
    private readonly int _prefixLength = Encoding.UTF8.GetByteCount(prefix);
    private int _level;
    private bool _isReadingFolders;

    public string Prefix => prefix;

    public int PageSize => pageSize;

    public IReadOnlyList<KeyRange> Remaining => _ranges;

    /// <summary>
    /// The number of requests that may turn out to find no keys: ranges without a page, and a request for folders.
    /// </summary>
    public int Unproven => _ranges.Count(static range => range.Pages == 0) + (_isReadingFolders ? 1 : 0);

    /// <summary>A range whose next page can be requested; null where all requests are in flight.</summary>
    public KeyRange? Ready() => _ranges.Find(static range => !range.IsReading && !range.IsParked);

    /// <summary>Advances a range by a page.</summary>
    /// <returns>
    /// The number of the page's objects that belong to the range. Null where the page must not be counted, because a token
    /// could not hold the remaining ranges.
    /// </returns>
    /// <exception cref="UpstreamException">S3's tokens form a loop.</exception>
    public int? Advance(KeyRange range, S3Page page)
    {
        var keys = CountCovered(range, page);
        if (keys < page.ObjectCount || page.NextToken is null || (keys > 0 && range.EndsAt(Key(page, keys - 1))))
        {
            Learn(page);
            Complete(range, keys);
            return keys;
        }

        if (keys == 0)
        {
            return SkipEmptyPage(range, page.NextToken);
        }

        var last = Key(page, keys - 1).ToArray();
        if (range != _ranges[0] && RangeEncoding.Length(_ranges, range, last) > maxLength)
        {
            // The first range is never parked, so one always advances; a token has room for its longest key.
            range.IsParked = true;
            return null;
        }

        Learn(page);
        var (isFirstPage, point) = (range.First is null, range.Position);
        range.Advance(Key(page, 0), last, keys, page.NextToken);
        if (_folders.Between(last, range.End).IsEmpty && _folders.Containing(last) is { } folder && !range.First.AsSpan().StartsWith(folder))
        {
            range.RestartCount(Key(page, 0), keys);
        }

        if (isFirstPage)
        {
            Previous(range)?.ConfirmCut();
            range.ExpectedGap = range.ExpectedGap > 0 && Gap(range, point) > range.ExpectedGap / 4 ? 0 : range.ExpectedGap;
        }

        range.Remaining = Estimate(range);
        return keys;
    }

    /// <summary>Uses the folders that S3 returned for a level; null where the request failed.</summary>
    public void AddFolders(S3Page? page)
    {
        _isReadingFolders = false;
        for (var i = 0; i < page?.CommonPrefixCount; i++)
        {
            var folder = page.CommonPrefix(i)[_prefixLength..].ToArray();
            _model.Learn(folder);
            _folders.Add(folder);
        }

        _ranges.ForEach(range => range.Remaining = range.First is null ? 0 : Estimate(range));
    }

    /// <summary>
    /// Finds work for one more parallel request: a new range, or a range and a folder whose folders to list.
    /// </summary>
    /// <param name="minGain">How many times <see cref="MinPagesToCut"/> must remain of a range to cut it.</param>
    /// <returns>Null where no cut is worth a request.</returns>
    public (KeyRange Range, byte[]? Level)? Divide(double minGain)
    {
        while (_ranges.Where(CanBeCut).MaxBy(static range => range.Remaining) is { } range)
        {
            if (NextLevel(range) is { } level)
            {
                _isReadingFolders = true;
                _level++;
                return (range, level);
            }

            if (range.Remaining < minGain * MinPagesToCut * pageSize)
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

    private bool CanBeCut(KeyRange range) => range.First is not null && Next(range) is not { Pages: 0 };

    /// <summary>The folder whose folders to list.</summary>
    private byte[]? NextLevel(KeyRange range)
    {
        if (_isReadingFolders || _level == MaxLevels || range.Pages < _level)
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
        var known = Math.Max(range.Listed, range.ExpectedGap);

        // If the estimate is far above the keys listed, the cut halves its logarithm: a few cuts find the size, instead of one per digit.
        var share = folders.IsEmpty && range.Remaining > MaxExtrapolation * known ? Math.Sqrt(known / range.Remaining) : 0.5;

        // The model is only an estimate. The check that ranges do not overlap must not depend on it.
        if ((folders.IsEmpty
            ? SplitPoint.Find(
                _model, range.Position, _folders.ExpectedEnd(range.Position!, range.End), share, ListingLimits.MaxKeyLength - _prefixLength)
            : folders[folders.Length / 2]) is not { } point
            || point.AsSpan().SequenceCompareTo(range.Position) <= 0 || !range.Covers(point) || !FitsCut(point))
        {
            return null;
        }

        var rest = range.Cut(point, share);
        rest.ExpectedGap = folders.IsEmpty ? range.Remaining : 0;
        _ranges.Insert(_ranges.IndexOf(range) + 1, rest);
        return rest;
    }

    private int? SkipEmptyPage(KeyRange range, string s3Token)
    {
        var fits = RangeEncoding.Length(_ranges, range, range.Position, s3Token) <= maxLength;
        if (!fits && range != _ranges[0])
        {
            range.IsParked = true;
            return null;
        }

        return range.SkipEmptyPage(s3Token, fits)
            ? 0
            : throw new UpstreamException(UpstreamCause.InvalidAnswer, "S3's continuation tokens form a loop.");
    }

    private void Complete(KeyRange range, int keys)
    {
        if (range.Pages == 0 && Previous(range) is { } previous)
        {
            if (keys > 0)
            {
                previous.ConfirmCut();
            }
            else
            {
                _model.LearnEmpty(previous.Position, previous.End);
                previous.Remaining = previous.First is null ? 0 : Estimate(previous);
            }
        }

        _ranges.Remove(range);
        _ranges.ForEach(static other => other.IsParked = false);
    }

    /// <summary>The range that ends where this one starts.</summary>
    private KeyRange? Previous(KeyRange range) =>
        _ranges.IndexOf(range) is var index and > 0 && _ranges[index - 1].End == range.Position ? _ranges[index - 1] : null;

    /// <summary>The range that starts where this one ends.</summary>
    private KeyRange? Next(KeyRange range) =>
        _ranges.IndexOf(range) is var index && index < _ranges.Count - 1 && _ranges[index + 1].Position == range.End ? _ranges[index + 1] : null;

    /// <summary>
    /// The remaining keys of a range: by the share of the model's interval that the listed keys cover, and at least
    /// <see cref="ContinuationShare"/> of the keys listed since the last cut.
    /// </summary>
    private double Estimate(KeyRange range)
    {
        var end = _folders.ExpectedEnd(range.Position!, range.End);
        var from = end is null ? 0 : range.First.AsSpan().CommonPrefixLength(end);
        var position = _model.Value(range.Position, from);
        var ahead = (end is null ? 1 : _model.Value(end, from)) - position;
        var listed = position - _model.Value(range.First, from);
        var estimate = ahead < KeyModel.MinDifference ? 0 : range.Listed * ahead / Math.Max(listed, KeyModel.MinDifference);
        var folders = _folders.Between(range.Position!, range.End).Length;
        return Math.Max(
            folders > 0 ? Math.Min(estimate, MaxExtrapolation * folders * range.Listed) : estimate,
            ContinuationShare * (range.Pages - range.PagesAtCut) * pageSize);
    }

    /// <summary>The number of keys that would fit between the point where a range was cut off and its first key.</summary>
    private double Gap(KeyRange range, ReadOnlySpan<byte> point)
    {
        var from = point.CommonPrefixLength(range.Position);
        var first = _model.Value(range.First, from);
        return range.Listed * (first - _model.Value(point, from)) / Math.Max(_model.Value(range.Position, from) - first, KeyModel.MinDifference);
    }

    private void Learn(S3Page page)
    {
        for (var i = 0; i < SamplesPerPage && page.ObjectCount > 0; i++)
        {
            _model.Learn(Key(page, (page.ObjectCount - 1) * i / (SamplesPerPage - 1)));
        }
    }

    /// <summary>
    /// The number of a page's objects that belong to the range: keys after its end belong to the next one.
    /// </summary>
    private int CountCovered(KeyRange range, S3Page page)
    {
        var (low, high) = (0, page.ObjectCount);
        if (high == 0 || range.Covers(Key(page, high - 1)))
        {
            return high;
        }

        while (low < high)
        {
            var middle = (low + high) / 2;
            if (range.Covers(Key(page, middle)))
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

    private ReadOnlySpan<byte> Key(S3Page page, int index) => page.Object(index).Key[_prefixLength..];

    /// <remarks>A quarter of the room remains for positions that grow longer.</remarks>
    private bool FitsCut(byte[] point) =>
        RangeEncoding.Length(_ranges) + (2 * (point.Length + 4)) + 1 <= maxLength * 3 / 4;
}
