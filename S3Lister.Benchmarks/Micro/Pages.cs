using System.IO.Pipelines;
using Amazon.S3;
using Amazon.S3.Model;
using S3Lister.Listing.S3;
using S3Lister.Listing.Text;
using S3Lister.Local.EmbeddedS3.Listing;
using S3Lister.Local.EmbeddedS3.Synthetic;

namespace S3Lister.Benchmarks.Micro;

/// <summary>S3's response with a page of 1000 keys, written by the embedded S3.</summary>
internal sealed class Pages(string shape)
{
    public const string Bucket = "synthetic-bucket";

    public static ListObjectsV2Request Request { get; } = new()
    {
        BucketName = Bucket,
        Prefix = "",
        MaxKeys = 1000,
        Encoding = EncodingType.Url,
    };

    public byte[] Xml { get; } = Write(shape);

    public S3Page Read() => ListingValidator.Check(Request, Utf8Buffer.CopyOf(Xml), []);

    private static byte[] Write(string shape)
    {
        ListObjectsQuery query = new() { EncodeUrl = true };
        ListingPage page = new();
        ListingWalk.Fill(page, query, [], new SyntheticObjectStore(KeyShapes.Create(shape, 1_000_000)).OpenCursor());
        using MemoryStream stream = new();
        var output = PipeWriter.Create(stream, new(leaveOpen: true));
        ListingWriter.Write(output, Bucket, "", query, page, "1ueGcxLPRx1Tr/XYExHnhbYLgveDs2J/wm36Hy4vbOwM=");
        output.Complete();
        return stream.ToArray();
    }
}
