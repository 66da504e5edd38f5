using S3Lister.Functions.Gateway;
using S3Lister.Listing.S3;
using S3Lister.Listing.Text;

namespace S3Lister.Functions.Objects;

/// <summary>
/// A line an entry, in S3's order: an object as in JSON's <c>contents</c>, or <c>{"commonPrefix":"logs/2026/"}</c>.
/// </summary>
internal sealed class NdjsonListing() : ListingBody(MediaTypes.Ndjson)
{
    public override void WriteTo(Utf8Buffer body, ListObjectsQuery query, ObjectsPage page) => body.Append(Entries.Written);

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
