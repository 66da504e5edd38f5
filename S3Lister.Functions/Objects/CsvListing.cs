using S3Lister.Functions.Gateway;
using S3Lister.Listing.S3;
using S3Lister.Listing.Text;
using S3Lister.Listing.Xml;

namespace S3Lister.Functions.Objects;

/// <summary>
/// CSV (RFC 4180) with a header line and one row for each entry, in S3's order. A common prefix has its name in
/// <c>key</c>, and its other cells are empty.
/// </summary>
internal sealed class CsvListing : ListingBody
{
    public CsvListing()
        : base(MediaTypes.CsvWithHeader) =>
        Entries.Append("type,key,size,lastModified,eTag,storageClass,checksumAlgorithm\r\n"u8);

    public override void WriteTo(Utf8Buffer body, ListObjectsQuery query, ObjectsPage page) => body.Append(Entries.Written);

    protected override void Append(S3Page page)
    {
        foreach (var (index, isCommonPrefix) in page.Entries)
        {
            if (isCommonPrefix)
            {
                Entries.Append("commonPrefix,"u8);
                Entries.AppendCell(page.CommonPrefix(index));
                Entries.Append(",,,,,\r\n"u8);
            }
            else
            {
                Append(page.Object(index));
            }
        }
    }

    private void Append(ObjectEntry entry)
    {
        Entries.Append("object,"u8);
        Entries.AppendCell(entry.Key);
        Entries.Append(","u8);
        Entries.AppendNumber(entry.Size);
        Entries.Append(","u8);
        Entries.AppendInstant(entry.LastModified);
        Entries.Append(","u8);
        Entries.AppendCell(entry.ETag);
        Entries.Append(","u8);
        Entries.AppendCell(entry.StorageClass);
        Entries.Append(","u8);
        Entries.AppendCell(entry.ChecksumAlgorithms);
        Entries.Append("\r\n"u8);
    }
}
