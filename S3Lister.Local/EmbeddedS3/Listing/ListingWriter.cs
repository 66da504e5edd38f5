using System.IO.Pipelines;
using System.Text;
using S3Lister.Local.EmbeddedS3.Protocol;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Local.EmbeddedS3.Listing;

/// <summary>Writes ListBucketResult, in S3's order of elements, straight into the response.</summary>
internal static class ListingWriter
{
    // More than the tags and numbers of an entry or of the head ever take.
    private const int Markup = 1024;

    public static void Write(
        PipeWriter output, string bucket, string ownerId, ListObjectsQuery query, ListingPage page, string? nextToken)
    {
        WriteHead(output, bucket, query, page, nextToken);
        var owner = query.FetchOwner ? Encoding.UTF8.GetBytes($"<Owner><ID>{ownerId}</ID></Owner>") : [];
        for (var index = 0; index < page.ContentsCount; index++)
        {
            var key = page.Key(index);
            var xml = new XmlSpan(output.GetSpan((key.Length * XmlSpan.MaxExpansion) + owner.Length + Markup));
            xml.Raw("<Contents><Key>"u8);
            Name(ref xml, key, query.EncodeUrl);
            WriteInfo(ref xml, page.Info(index), owner);
            output.Advance(xml.Length);
        }

        for (var index = 0; index < page.CommonPrefixesCount; index++)
        {
            var prefix = page.CommonPrefix(index);
            var xml = new XmlSpan(output.GetSpan((prefix.Length * XmlSpan.MaxExpansion) + Markup));
            xml.Raw("<CommonPrefixes><Prefix>"u8);
            Name(ref xml, prefix, query.EncodeUrl);
            xml.Raw("</Prefix></CommonPrefixes>"u8);
            output.Advance(xml.Length);
        }

        var end = new XmlSpan(output.GetSpan(Markup));
        end.Raw("</ListBucketResult>"u8);
        output.Advance(end.Length);
    }

    private static void WriteHead(
        PipeWriter output, string bucket, ListObjectsQuery query, ListingPage page, string? nextToken)
    {
        var sent = query.ContinuationToken is { } token ? Encoding.UTF8.GetBytes(token) : [];
        var next = nextToken is null ? [] : Encoding.UTF8.GetBytes(nextToken);
        var text = query.Prefix.Length + query.StartAfter.Length + query.Delimiter.Length + sent.Length + next.Length;
        var xml = new XmlSpan(output.GetSpan((text * XmlSpan.MaxExpansion) + bucket.Length + Markup));
        xml.Raw(S3Response.Declaration);
        xml.Raw("<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>"u8);
        xml.Text(Encoding.UTF8.GetBytes(bucket));
        xml.Raw("</Name><Prefix>"u8);
        Name(ref xml, query.Prefix, query.EncodeUrl);
        xml.Raw("</Prefix>"u8);
        if (sent.Length > 0)
        {
            xml.Raw("<ContinuationToken>"u8);
            xml.Text(sent);
            xml.Raw("</ContinuationToken>"u8);
        }
        else if (query.StartAfter.Length > 0)
        {
            xml.Raw("<StartAfter>"u8);
            Name(ref xml, query.StartAfter, query.EncodeUrl);
            xml.Raw("</StartAfter>"u8);
        }

        if (next.Length > 0)
        {
            xml.Raw("<NextContinuationToken>"u8);
            xml.Text(next);
            xml.Raw("</NextContinuationToken>"u8);
        }

        xml.Raw("<KeyCount>"u8);
        xml.Number(page.KeyCount);
        xml.Raw("</KeyCount><MaxKeys>"u8);
        xml.Number(query.MaxKeys);
        xml.Raw("</MaxKeys>"u8);
        if (query.Delimiter.Length > 0)
        {
            xml.Raw("<Delimiter>"u8);
            Name(ref xml, query.Delimiter, query.EncodeUrl);
            xml.Raw("</Delimiter>"u8);
        }

        xml.Raw(query.EncodeUrl ? "<EncodingType>url</EncodingType>"u8 : []);
        xml.Raw(next.Length > 0 ? "<IsTruncated>true</IsTruncated>"u8 : "<IsTruncated>false</IsTruncated>"u8);
        output.Advance(xml.Length);
    }

    private static void WriteInfo(ref XmlSpan xml, in ObjectInfo info, ReadOnlySpan<byte> owner)
    {
        xml.Raw("</Key><LastModified>"u8);
        xml.Timestamp(info.LastModified);
        xml.Raw("</LastModified><ETag>"u8);
        xml.ETag(info.ETag);
        xml.Raw("</ETag>"u8);
        if (info.ChecksumAlgorithm != ChecksumAlgorithm.None)
        {
            xml.Raw("<ChecksumAlgorithm>"u8);
            xml.Raw(info.ChecksumAlgorithm.Utf8Name());
            xml.Raw("</ChecksumAlgorithm><ChecksumType>"u8);
            xml.Raw(info.IsCompositeChecksum ? "COMPOSITE"u8 : "FULL_OBJECT"u8);
            xml.Raw("</ChecksumType>"u8);
        }

        xml.Raw("<Size>"u8);
        xml.Number(info.Size);
        xml.Raw("</Size>"u8);
        xml.Raw(owner);
        xml.Raw("<StorageClass>"u8);
        xml.Raw(info.StorageClass.Utf8Name());
        xml.Raw("</StorageClass></Contents>"u8);
    }

    private static void Name(ref XmlSpan xml, ReadOnlySpan<byte> name, bool encodeUrl)
    {
        if (encodeUrl)
        {
            xml.UrlEncoded(name);
        }
        else
        {
            xml.Text(name);
        }
    }
}
