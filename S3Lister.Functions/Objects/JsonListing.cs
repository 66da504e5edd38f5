using S3Lister.Functions.Gateway;
using S3Lister.Listing.S3;
using S3Lister.Listing.Text;

namespace S3Lister.Functions.Objects;

/// <summary>One JSON object with two lists, as in S3's response: objects and common prefixes.</summary>
internal sealed class JsonListing() : ListingBody(MediaTypes.Json)
{
    public override bool ContainsPageState => true;

    public override void WriteTo(Utf8Buffer body, ListObjectsQuery query, ObjectsPage page)
    {
        JsonWriter json = new(body);
        json.StartObject();
        json.String("bucket"u8, page.Bucket);
        json.String("prefix"u8, query.Prefix);
        json.String("delimiter"u8, query.Delimiter);
        json.Number("maxKeys"u8, query.MaxKeys);
        json.Number("keyCount"u8, page.KeyCount);
        json.Boolean("isTruncated"u8, page.IsTruncated);
        json.String("nextContinuationToken"u8, page.NextContinuationToken);
        json.Array("contents"u8, Entries.Written);
        json.Array("commonPrefixes"u8, CommonPrefixes.Written);
        json.Number("scanned"u8, page.Scanned);
        json.Number("s3Requests"u8, page.S3Requests);
        json.EndObject();
    }

    protected override void Append(S3Page page)
    {
        for (var i = 0; i < page.ObjectCount; i++)
        {
            Entries.Append(Entries.Length == 0 ? [] : ","u8);
            AppendObject(Entries, page.Object(i));
        }

        for (var i = 0; i < page.CommonPrefixCount; i++)
        {
            CommonPrefixes.Append(CommonPrefixes.Length == 0 ? [] : ","u8);
            CommonPrefixes.AppendString(page.CommonPrefix(i));
        }
    }
}
