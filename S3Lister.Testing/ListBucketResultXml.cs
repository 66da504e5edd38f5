using System.Globalization;
using System.Text;
using System.Xml;
using Amazon.S3.Model;
using S3Lister.Listing.S3.Client;
using S3Lister.Listing.Text;

namespace S3Lister.Testing;

/// <summary>Writes S3's XML from the SDK's model of it, so that a test can change fields instead of text.</summary>
internal static class ListBucketResultXml
{
    public static Task<ListingResponse> Respond(ListObjectsV2Response response) =>
        Task.FromResult(new ListingResponse { Body = Utf8Buffer.CopyOf(Write(response)) });

    /// <summary>Fields that are null are omitted.</summary>
    public static byte[] Write(ListObjectsV2Response response)
    {
        using MemoryStream document = new();
        using (var xml = XmlWriter.Create(document, new XmlWriterSettings { Encoding = new UTF8Encoding(false), CheckCharacters = false }))
        {
            xml.WriteStartElement("ListBucketResult", "http://s3.amazonaws.com/doc/2006-03-01/");
            Element(xml, "Name", response.Name);
            Element(xml, "Prefix", response.Prefix);
            Element(xml, "Delimiter", response.Delimiter);
            Element(xml, "StartAfter", response.StartAfter);
            Element(xml, "MaxKeys", response.MaxKeys?.ToString(CultureInfo.InvariantCulture));
            Element(xml, "KeyCount", response.KeyCount?.ToString(CultureInfo.InvariantCulture));
            Element(xml, "EncodingType", response.Encoding?.Value);
            Element(xml, "IsTruncated", response.IsTruncated is { } truncated ? XmlConvert.ToString(truncated) : null);
            Element(xml, "ContinuationToken", response.ContinuationToken);
            Element(xml, "NextContinuationToken", response.NextContinuationToken);
            foreach (var item in response.S3Objects ?? [])
            {
                xml.WriteStartElement("Contents");
                Write(xml, item);
                xml.WriteEndElement();
            }

            foreach (var commonPrefix in response.CommonPrefixes ?? [])
            {
                xml.WriteStartElement("CommonPrefixes");
                xml.WriteElementString("Prefix", commonPrefix);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        return document.ToArray();
    }

    private static void Write(XmlWriter xml, S3Object item)
    {
        Element(xml, "Key", item.Key);
        Element(xml, "LastModified", item.LastModified?.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        Element(xml, "ETag", item.ETag);
        foreach (var algorithm in item.ChecksumAlgorithm ?? [])
        {
            Element(xml, "ChecksumAlgorithm", algorithm);
        }

        Element(xml, "Size", item.Size?.ToString(CultureInfo.InvariantCulture));
        Element(xml, "StorageClass", item.StorageClass?.Value);
    }

    private static void Element(XmlWriter xml, string name, string? value)
    {
        if (value is not null)
        {
            xml.WriteElementString(name, value);
        }
    }
}
