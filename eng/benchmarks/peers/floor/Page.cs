using System.Text;

namespace S3Lister.Peers.Floor;

/// <summary>From S3's XML to API Gateway's envelope, for keys that need no escape: only those are measured.</summary>
internal static class Page
{
    private static byte[] _envelope = new byte[512 * 1024];

    public static ReadOnlyMemory<byte> Envelope(string bucket, ReadOnlySpan<byte> xml)
    {
        Writer json = new(_envelope.Length >= xml.Length * 2 ? _envelope : _envelope = new byte[xml.Length * 2]);
        json.Add("{\"statusCode\":200,\"headers\":{\"content-type\":\"application/json\"},\"isBase64Encoded\":false,\"body\":\"{\\\"bucket\\\":\\\""u8);
        json.Add(Encoding.UTF8.GetBytes(bucket));
        json.Add("\\\",\\\"isTruncated\\\":"u8);
        json.Add(Between(xml, "<IsTruncated>"u8, "<"u8));
        json.Add(",\\\"contents\\\":["u8);
        var first = true;
        for (int start; (start = xml.IndexOf("<Contents>"u8)) >= 0; first = false)
        {
            xml = xml[start..];
            json.Add(first ? "{\\\"key\\\":\\\""u8 : ",{\\\"key\\\":\\\""u8);
            json.Add(Between(xml, "<Key>"u8, "<"u8));
            json.Add("\\\",\\\"lastModified\\\":\\\""u8);
            json.Add(Between(xml, "<LastModified>"u8, "<"u8));
            json.Add("\\\",\\\"eTag\\\":\\\"\\\\\\\""u8);
            json.Add(Between(xml, "<ETag>&quot;"u8, "&"u8));
            json.Add("\\\\\\\"\\\",\\\"size\\\":"u8);
            json.Add(Between(xml, "<Size>"u8, "<"u8));
            json.Add(",\\\"storageClass\\\":\\\""u8);
            json.Add(Between(xml, "<StorageClass>"u8, "<"u8));
            json.Add("\\\"}"u8);
            xml = xml["<Contents>".Length..];
        }

        json.Add("]}\"}"u8);
        return _envelope.AsMemory(0, json.Length);
    }

    private static ReadOnlySpan<byte> Between(ReadOnlySpan<byte> xml, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        xml = xml[(xml.IndexOf(before) + before.Length)..];
        return xml[..xml.IndexOf(after)];
    }

    private ref struct Writer(Span<byte> buffer)
    {
        private readonly Span<byte> _buffer = buffer;

        public int Length { get; private set; }

        public void Add(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(_buffer[Length..]);
            Length += bytes.Length;
        }
    }
}
