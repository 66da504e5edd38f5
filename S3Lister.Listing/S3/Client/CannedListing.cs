using S3Lister.Listing.Text;

namespace S3Lister.Listing.S3.Client;

/// <summary>A listing as S3 returns it, for initialization: it is parsed and written like a real one.</summary>
internal static class CannedListing
{
    /// <param name="objects">The number of objects, 1 to 1000. With 1000, all buffers get the size that a full page needs.</param>
    public static Utf8Buffer Create(int objects)
    {
        Utf8Buffer xml = new(512 * 1024);
        xml.Append("""<?xml version="1.0" encoding="UTF-8"?>"""u8);
        xml.Append("""<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>"""u8);
        for (var i = 0; i < objects; i++)
        {
            xml.Append("<Contents><Key>initialization/a-key-of-a-usual-length/"u8);
            xml.AppendNumber(1000 + i); // Four digits, so that the keys are in order.
            xml.Append("</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><ETag>&quot;0123456789abcdef0123456789abcdef&quot;</ETag>"u8);
            xml.Append("<ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType><Size>1048576</Size>"u8);
            xml.Append("<StorageClass>STANDARD</StorageClass></Contents>"u8);
        }

        xml.Append("</ListBucketResult>"u8);
        return xml;
    }
}
