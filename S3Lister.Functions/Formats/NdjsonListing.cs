using S3Lister.Functions.Http;
using S3Lister.Functions.Listing;
using S3Lister.Functions.S3;

namespace S3Lister.Functions.Formats;

/// <summary>
/// A line an entry, in S3's order: an object as in JSON's <c>contents</c>, or <c>{"commonPrefix":"logs/2026/"}</c>.
/// </summary>
internal sealed class NdjsonListing() : ListingBody(MediaType)
{
    public const string MediaType = "application/x-ndjson";

    public override void WriteTo(Utf8Buffer body, ListObjectsQuery query, ListingPage page) => body.Append(Entries.Written);

    protected override void Append(S3Page page)
    {
        foreach (var (index, isCommonPrefix) in page.Entries)
        {
            if (isCommonPrefix)
            {
                Entries.Append("{\"commonPrefix\":"u8);
                Entries.AppendString(page.CommonPrefix(index));
                Entries.Append("}\n"u8);
            }
            else
            {
                AppendObject(Entries, page.Object(index));
                Entries.Append("\n"u8);
            }
        }
    }
}
