using System.Text;
using S3Lister.Functions.Query;
using S3Lister.Listing.S3;

namespace S3Lister.Functions.Objects;

/// <summary>
/// A page of ours while it is put together. Each edge of it is an edge of S3's pages: a cursor of our own inside one could
/// not be right where a delimiter is in play.
/// </summary>
internal sealed class PageBuilder
{
    private readonly string _bucket;
    private readonly ListObjectsQuery _query;
    private readonly ListingBody _body;
    private readonly S3Cost _cost;
    private readonly int _prefixLength;
    private readonly HashSet<string?> _tokens;
    private string? _token;
    private byte[] _last = [];
    private int _keyCount;
    private int _largestRequest = ListingLimits.MaxKeys;
    private bool _isFull;

    /// <exception cref="InvalidRequestException">The token is not of this listing.</exception>
    public PageBuilder(string bucket, ListObjectsQuery query, ListingBody body, S3Cost cost)
    {
        (_bucket, _query, _body, _cost) = (bucket, query, body, cost);
        _prefixLength = Encoding.UTF8.GetByteCount(query.Prefix);
        if (query.ContinuationToken is { } token)
        {
            (_last, _token) = ContinuationToken.Decode(bucket, query, token);
        }

        _tokens = [_token];
    }

    /// <summary>Whether it has at least one page of S3.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>By S3's token and never by counts: a page of S3 without entries and with a token is legal.</summary>
    public bool IsComplete => HasBegun && (_isFull || _token is null || _keyCount == _query.MaxKeys);

    public S3PageRequest NextRequest => new(
        _query.Prefix, _query.Delimiter, _query.StartAfter, _token, _last, RequestSize,
        IsTokenFromCaller: _query.ContinuationToken is not null && !HasBegun);

    private int Room => _query.MaxKeys - _keyCount;

    /// <summary>With filters there is no telling how many of S3's entries make one of ours.</summary>
    private int RequestSize => _query.Filter.IsActive ? _largestRequest : Math.Min(Room, _largestRequest);

    /// <summary>
    /// Adds all entries of a page of S3. Where they are more than there is room for, it adds none, and the next request is
    /// the same one for fewer entries.
    /// </summary>
    /// <exception cref="UpstreamException">The listing cannot go on after this page.</exception>
    public void Add(S3Page page)
    {
        _cost.Scanned += page.Count;
        var last = page.Last is { IsEmpty: false } end ? end.ToArray() : _last;
        if (page.NextToken is { } next && !ContinuationToken.Fits(_query, last, next))
        {
            throw new UpstreamException(UpstreamCause.InvalidAnswer, "S3's token is longer than a token of ours has room for.");
        }

        var isRepeated = DropRepeatedCommonPrefix(page);
        var filled = _query.Filter.IsActive ? _query.Filter.Apply(page, _prefixLength, Room) : RequestSize;
        if (page.Count > Room)
        {
            _largestRequest = isRepeated ? filled + 1 : filled;
        }
        else if (_body.TryAppend(page))
        {
            Advance(page, last);
        }
        else if (HasBegun)
        {
            _isFull = true;
        }
        else
        {
            RequestHalf();
        }
    }

    public ObjectsPage Build(UpstreamException? endedBy) => new(
        _bucket, _keyCount, _token is null ? null : ContinuationToken.Encode(_bucket, _query, _last, _token),
        _cost.Scanned, _cost.Requests, endedBy);

    /// <summary>Some S3-compatible stores name the common prefix at a page's end again at the top of the next.</summary>
    private bool DropRepeatedCommonPrefix(S3Page page)
    {
        var isRepeated = page.CommonPrefixes > 0 && page.CommonPrefix(0).SequenceEqual(_last);
        if (isRepeated)
        {
            page.DropFirstCommonPrefix();
        }

        return isRepeated;
    }

    private void Advance(S3Page page, byte[] last)
    {
        HasBegun = true;
        _keyCount += page.Count;
        (_token, _last) = (page.NextToken, last);
        if (_token is not null && !_tokens.Add(_token))
        {
            throw new UpstreamException(UpstreamCause.InvalidAnswer, "S3's tokens lead in a circle.");
        }
    }

    /// <summary>The entries are so long that a thousand do not fit: half as many may.</summary>
    private void RequestHalf() => _largestRequest = RequestSize > 1
        ? RequestSize / 2
        : throw new UpstreamException(UpstreamCause.InvalidAnswer, "S3's response has an entry too long for any response of ours.");
}
