using System.Xml.Linq;
using S3Lister.Local.EmbeddedS3.Protocol;

namespace S3Lister.Local.EmbeddedS3.Operations;

/// <summary>ListBuckets and GetBucketLocation.</summary>
internal static class BucketOperations
{
    private static readonly XNamespace Xml = "http://s3.amazonaws.com/doc/2006-03-01/";

    public static Task ListAsync(HttpContext context, EmbeddedS3Options options, DateTimeOffset created) =>
        S3Response.WriteAsync(context, new(
            Xml + "ListAllMyBucketsResult",
            new XElement(Xml + "Owner", new XElement(Xml + "ID", options.OwnerId)),
            new XElement(Xml + "Buckets", options.Buckets.Keys.Order(StringComparer.Ordinal).Select(name => new XElement(
                Xml + "Bucket",
                new XElement(Xml + "Name", name),
                new XElement(Xml + "CreationDate", $"{created.UtcDateTime:yyyy-MM-ddTHH:mm:ss}.000Z"),
                new XElement(Xml + "BucketRegion", options.Region))))));

    public static async Task<S3Error?> GetLocationAsync(S3Request request)
    {
        // In S3, us-east-1 has no location constraint.
        var region = request.Options.Region;
        await S3Response.WriteAsync(request.Context, new(Xml + "LocationConstraint", region == "us-east-1" ? "" : region));
        return null;
    }
}
