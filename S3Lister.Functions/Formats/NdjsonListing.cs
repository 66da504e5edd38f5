using S3Lister.Functions.Http;
using S3Lister.Functions.Listing;

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
        foreach (var (entry, commonPrefix) in page.InOrder())
        {
            if (entry >= 0)
            {
                AppendObject(Entries, page.Contents[entry]);
                Entries.Append("\n"u8);
            }
            else
            {
                Entries.Append("{\"commonPrefix\":"u8);
                Entries.AppendString(page.CommonPrefixes[commonPrefix]);
                Entries.Append("}\n"u8);
            }
        }
    }
}
