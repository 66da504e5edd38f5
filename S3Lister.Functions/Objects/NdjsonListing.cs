using S3Lister.Functions.Gateway;
using S3Lister.Listing.S3;
using S3Lister.Listing.Text;

namespace S3Lister.Functions.Objects;

/// <summary>
/// One line for each entry, in S3's order: an object as in <c>contents</c> of the JSON format, or
/// <c>{"commonPrefix":"logs/2026/"}</c>.
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
                JsonWriter json = new(Entries);
                json.StartObject();
                json.String("commonPrefix"u8, page.CommonPrefix(index));
                json.EndObject();
            }
            else
            {
                AppendObject(Entries, page.Object(index));
            }

            Entries.Append("\n"u8);
        }
    }
}
