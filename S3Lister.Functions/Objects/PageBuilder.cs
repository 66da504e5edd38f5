using System.Text;
using S3Lister.Functions.Query;
using S3Lister.Listing.S3;

namespace S3Lister.Functions.Objects;

/// <summary>
/// Builds a page of the API from pages of S3. It always ends where a page of S3 ends: with a delimiter, a position within a
/// page of S3 cannot be continued correctly.
/// </summary>
internal sealed class PageBuilder
{
    private readonly string _bucket;
    private readonly ListObjectsQuery _query;
    private readonly ListingBody _body;
    private readonly S3Cost _cost;
    private readonly int _prefixLength;
    private readonly byte[]? _endBefore;
    private readonly HashSet<string?> _tokens;
    private string? _token;
    private byte[] _last = [];
    private int _keyCount;
    private int _largestRequest = ListingLimits.MaxKeys;
    private bool _isFull;

    /// <exception cref="InvalidRequestException">The continuation token does not belong to this listing.</exception>
    public PageBuilder(string bucket, ListObjectsQuery query, ListingBody body, S3Cost cost)
    {
        (_bucket, _query, _body, _cost) = (bucket, query, body, cost);
        _prefixLength = Encoding.UTF8.GetByteCount(query.Prefix);
        _endBefore = query.EndBefore is null ? null : Encoding.UTF8.GetBytes(query.EndBefore);
        if (query.ContinuationToken is { } token)
        {
            (_last, _token) = ContinuationToken.Decode(bucket, query, token);
        }

        _tokens = [_token];
    }

    /// <summary>Whether at least one page of S3 has been added.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Whether the page is complete. The listing ends without a token of S3: an empty page may have one.</summary>
    public bool IsComplete => HasBegun && (_isFull || _token is null || _keyCount == _query.MaxKeys);

    public S3PageRequest NextRequest => new(
        _query.Prefix, _query.Delimiter, _query.StartAfter, _token, _last, RequestSize,
        IsTokenFromCaller: _query.ContinuationToken is not null && !HasBegun);

    private int RemainingKeys => _query.MaxKeys - _keyCount;

    /// <summary>With filters, the number of entries of S3 that fill the page is unknown.</summary>
    private int RequestSize => _query.Filter.IsActive ? _largestRequest : Math.Min(RemainingKeys, _largestRequest);

    /// <summary>
    /// Adds all entries of a page of S3 that are before the end of the listing, or none if not all of them fit. In that case,
    /// the next request is the same one for fewer entries.
    /// </summary>
    /// <exception cref="UpstreamException">The listing cannot continue after this page.</exception>
    public void Add(S3Page page)
    {
        _cost.Scanned += page.Count;
        var next = _endBefore is not null && page.KeepEntriesBefore(_endBefore) ? null : page.NextToken;
        var last = page.LastEntry is { IsEmpty: false } end ? end.ToArray() : _last;
        if (next is not null && !ContinuationToken.Fits(_query, last, next))
        {
            throw new UpstreamException(UpstreamCause.InvalidAnswer, "S3's token is too long for a continuation token of this service.");
        }

        var isRepeated = DropRepeatedCommonPrefix(page);
        var filled = _query.Filter.IsActive ? _query.Filter.Apply(page, _prefixLength, RemainingKeys) : RequestSize;
        if (page.Count > RemainingKeys)
        {
            _largestRequest = isRepeated ? filled + 1 : filled;
        }
        else if (_body.TryAppend(page))
        {
            Advance(page.Count, last, next);
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

    /// <summary>Some S3-compatible stores repeat the last common prefix of a page at the start of the next page.</summary>
    private bool DropRepeatedCommonPrefix(S3Page page)
    {
        var isRepeated = page.CommonPrefixCount > 0 && page.CommonPrefix(0).SequenceEqual(_last);
        if (isRepeated)
        {
            page.DropFirstCommonPrefix();
        }

        return isRepeated;
    }

    /// <param name="next">S3's token for the next page; null if the listing ends.</param>
    private void Advance(int entries, byte[] last, string? next)
    {
        HasBegun = true;
        _keyCount += entries;
        (_token, _last) = (next, last);
        if (_token is not null && !_tokens.Add(_token))
        {
            throw new UpstreamException(UpstreamCause.InvalidAnswer, "S3's continuation tokens form a cycle.");
        }
    }

    /// <summary>The entries are too long for one response: half as many may fit.</summary>
    private void RequestHalf() => _largestRequest = RequestSize > 1
        ? RequestSize / 2
        : throw new UpstreamException(UpstreamCause.InvalidAnswer, "S3's response has an entry that is too long for a response.");
}
