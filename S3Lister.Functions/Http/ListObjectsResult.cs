using System.Globalization;
using System.Net;
using S3Lister.Functions.Formats;
using S3Lister.Functions.Listing;
using S3Lister.Functions.S3;

namespace S3Lister.Functions.Http;

/// <summary>A page of <c>GET /objects</c>, or 304 where the caller has it already.</summary>
internal sealed class ListObjectsResult : HttpResult
{
    private readonly ListObjectsQuery _query;
    private readonly ListingBody _body;

    private ListObjectsResult(HttpStatusCode status, ListObjectsQuery query, ListingPage page, ListingBody body)
        : base(status, status == HttpStatusCode.OK ? body.ContentType : null) =>
        (_query, Page, _body) = (query, page, body);

    public ListingPage Page { get; }

    public override long Listed => Page.KeyCount;

    public override UpstreamException? Upstream => Page.EndedBy;

    public override int PrefixLength => System.Text.Encoding.UTF8.GetByteCount(_query.Prefix);

    /// <param name="parameters">The query as the caller wrote it, for the link to the next page.</param>
    /// <param name="query">The same, validated.</param>
    /// <param name="page">What was listed.</param>
    /// <param name="body">The entries.</param>
    /// <param name="ifNoneMatch">The header; null for none.</param>
    public static ListObjectsResult Create(
        QueryString parameters, ListObjectsQuery query, ListingPage page, ListingBody body, string? ifNoneMatch)
    {
        var etag = body.ETag(page.IsTruncated);
        ListObjectsResult result = new(
            Matches(ifNoneMatch, etag) ? HttpStatusCode.NotModified : HttpStatusCode.OK, query, page, body);
        result.AddHeader("etag", etag);
        result.AddHeader("vary", "accept, accept-encoding");

        if (page.NextContinuationToken is { } token)
        {
            // Relative to the request's own URL, whatever domain or path API Gateway has it under.
            result.AddHeader("link", $"<?{parameters.Next(token)}>; rel=\"next\"");
        }

        if (!body.HoldsState)
        {
            result.AddHeader("s3lister-key-count", page.KeyCount.ToString(CultureInfo.InvariantCulture));
            result.AddHeader("s3lister-is-truncated", page.IsTruncated ? "true" : "false");
            result.AddHeader("s3lister-scanned", page.Scanned.ToString(CultureInfo.InvariantCulture));
            result.AddHeader("s3lister-s3-requests", page.S3Requests.ToString(CultureInfo.InvariantCulture));
            if (page.NextContinuationToken is { } next)
            {
                result.AddHeader("s3lister-next-continuation-token", next);
            }
        }

        return result;
    }

    protected override void WriteBody(Utf8Buffer body)
    {
        using (_body)
        {
            if (StatusCode == HttpStatusCode.OK)
            {
                _body.WriteTo(body, _query, Page);
            }
        }
    }

    /// <summary>The weak comparison that RFC 9110 asks for here: two pages that show the same are the same.</summary>
    private static bool Matches(string? ifNoneMatch, string etag) => ifNoneMatch?.Trim() == "*"
        || HeaderList.HasTag(ifNoneMatch, etag.AsSpan("W/".Length));
}
