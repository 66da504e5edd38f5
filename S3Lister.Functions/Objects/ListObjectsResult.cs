using System.Globalization;
using System.Net;
using System.Text;
using S3Lister.Functions.Gateway;
using S3Lister.Functions.Query;
using S3Lister.Listing.S3;
using S3Lister.Listing.Text;

namespace S3Lister.Functions.Objects;

/// <summary>A page of <c>GET /objects</c>, or 304 if the caller already has it.</summary>
internal sealed class ListObjectsResult : HttpResult
{
    private readonly ListObjectsQuery _query;
    private readonly ObjectsPage _page;
    private readonly ListingBody _entries;

    private ListObjectsResult(ListObjectsQuery query, ObjectsPage page, ListingBody entries, bool isNotModified)
        : base(isNotModified ? HttpStatusCode.NotModified : HttpStatusCode.OK, isNotModified ? null : entries.ContentType) =>
        (_query, _page, _entries) = (query, page, entries);

    public override long Listed => _page.KeyCount;

    public override UpstreamException? Upstream => _page.EndedBy;

    public override int PrefixLength => Encoding.UTF8.GetByteCount(_query.Prefix);

    /// <param name="parameters">The query as the caller sent it, for the link to the next page.</param>
    /// <param name="query">The same query, validated.</param>
    /// <param name="page">The page.</param>
    /// <param name="entries">The page's entries, which the caller of this method owns.</param>
    /// <param name="ifNoneMatch">The <c>If-None-Match</c> header; null if it is missing.</param>
    public static ListObjectsResult Create(
        QueryString parameters, ListObjectsQuery query, ObjectsPage page, ListingBody entries, string? ifNoneMatch)
    {
        var etag = entries.ETag(page.IsTruncated);
        ListObjectsResult result = new(query, page, entries, Matches(ifNoneMatch, etag));
        result.AddHeader("etag", etag);
        result.AddHeader("vary", "accept, accept-encoding");
        if (page.NextContinuationToken is { } token)
        {
            // Relative to the request's URL, so that it is valid under any domain and base path of API Gateway.
            result.AddHeader("link", $"<?{parameters.ForNextPage(token)}>; rel=\"next\"");
        }

        if (!entries.ContainsPageState)
        {
            result.AddStateHeaders(page);
        }

        return result;
    }

    protected override void WriteBody(Utf8Buffer body)
    {
        if (StatusCode == HttpStatusCode.OK)
        {
            _entries.WriteTo(body, _query, _page);
        }
    }

    private void AddStateHeaders(ObjectsPage page)
    {
        AddHeader("s3lister-key-count", page.KeyCount.ToString(CultureInfo.InvariantCulture));
        AddHeader("s3lister-is-truncated", page.IsTruncated ? "true" : "false");
        AddStateHeaders(page.Scanned, page.S3Requests, page.NextContinuationToken);
    }

    /// <summary>The weak comparison of RFC 9110.</summary>
    private static bool Matches(string? ifNoneMatch, string etag) => ifNoneMatch?.Trim() == "*"
        || HeaderList.ContainsTag(ifNoneMatch, etag.AsSpan("W/".Length));
}
