using System.Net;
using S3Lister.Functions.Listing;

namespace S3Lister.Functions.Http;

/// <summary>A page of <c>GET /objects</c> as JSON.</summary>
internal sealed class ListObjectsResult(ListObjectsQuery query, ListingPage page, JsonListing listing)
    : HttpResult(HttpStatusCode.OK, "application/json")
{
    public ListingPage Page => page;

    protected override void WriteBody(Utf8Buffer body)
    {
        body.Append("{\"bucket\":"u8);
        body.AppendString(page.Bucket);
        body.Append(",\"prefix\":"u8);
        body.AppendString(query.Prefix);
        body.Append(",\"delimiter\":"u8);
        body.AppendString(query.Delimiter);
        body.Append(",\"maxKeys\":"u8);
        body.AppendNumber(query.MaxKeys);
        body.Append(",\"keyCount\":"u8);
        body.AppendNumber(page.KeyCount);
        body.Append(page.NextContinuationToken is null ? ",\"isTruncated\":false"u8 : ",\"isTruncated\":true"u8);
        body.Append(",\"nextContinuationToken\":"u8);
        body.AppendString(page.NextContinuationToken);
        body.Append(","u8);
        using (listing)
        {
            listing.WriteTo(body);
        }

        body.Append(",\"scanned\":"u8);
        body.AppendNumber(page.Scanned);
        body.Append(",\"s3Requests\":"u8);
        body.AppendNumber(page.S3Requests);
        body.Append("}"u8);
    }
}
