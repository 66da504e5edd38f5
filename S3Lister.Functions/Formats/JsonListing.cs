using S3Lister.Functions.Http;
using S3Lister.Functions.Listing;
using S3Lister.Functions.S3;

namespace S3Lister.Functions.Formats;

/// <summary>One JSON object with S3's own two lists.</summary>
internal sealed class JsonListing() : ListingBody(MediaType)
{
    public const string MediaType = "application/json";

    public override bool HoldsState => true;

    public override void WriteTo(Utf8Buffer body, ListObjectsQuery query, ListingPage page)
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
        body.Append(page.IsTruncated ? ",\"isTruncated\":true"u8 : ",\"isTruncated\":false"u8);
        body.Append(",\"nextContinuationToken\":"u8);
        body.AppendString(page.NextContinuationToken);
        body.Append(",\"contents\":["u8);
        body.Append(Entries.Written);
        body.Append("],\"commonPrefixes\":["u8);
        body.Append(CommonPrefixes.Written);
        body.Append("],\"scanned\":"u8);
        body.AppendNumber(page.Scanned);
        body.Append(",\"s3Requests\":"u8);
        body.AppendNumber(page.S3Requests);
        body.Append("}"u8);
    }

    protected override void Append(S3Page page)
    {
        for (var i = 0; i < page.Objects; i++)
        {
            Entries.Append(Entries.Length == 0 ? [] : ","u8);
            AppendObject(Entries, page.Object(i));
        }

        for (var i = 0; i < page.CommonPrefixes; i++)
        {
            CommonPrefixes.Append(CommonPrefixes.Length == 0 ? [] : ","u8);
            CommonPrefixes.AppendString(page.CommonPrefix(i));
        }
    }
}
