using S3Lister.Local.EmbeddedS3.Protocol;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Local.EmbeddedS3.Operations;

/// <summary>The operations on buckets that are not about their objects.</summary>
internal static class BucketOperations
{
    public static async Task<S3Error?> ListAsync(HttpContext context, S3Service service)
    {
        var body = new XmlBody("ListAllMyBucketsResult", isResult: true);
        body.Open("Owner");
        body.Element("ID", service.Options.OwnerId);
        body.Close();
        body.Open("Buckets");
        foreach (var bucket in service.Buckets)
        {
            body.Open("Bucket");
            body.Element("Name", bucket.Name);
            body.Element("CreationDate", $"{bucket.Created.UtcDateTime:yyyy-MM-ddTHH:mm:ss}.000Z");
            body.Element("BucketRegion", bucket.Region);
            body.Close();
        }

        await body.WriteAsync(context);
        return null;
    }

    public static async Task<S3Error?> CreateAsync(HttpContext context, S3Service service, string name)
    {
        var (document, error) = await RequestXml.ReadAsync(context, isOptional: true);
        if (error is not null)
        {
            return error;
        }

        if (document?.ChildText("LocationConstraint") is { } region && region != service.Options.Region)
        {
            return new S3Error(
                "IllegalLocationConstraintException",
                $"The {region} location constraint is incompatible for the region specific endpoint this "
                    + "request was sent to.",
                400);
        }

        var bucket = new S3Bucket(
            name, service.Options.Region, new InMemoryObjectStore(), service.Options.TimeProvider.GetUtcNow());
        if (!service.TryAdd(bucket))
        {
            return S3Error.BucketAlreadyOwnedByYou(name);
        }

        context.Response.Headers.Location = $"/{name}";
        return null;
    }

    /// <summary>All that HeadBucket says is in the headers that are there already.</summary>
    public static Task<S3Error?> HeadAsync() => Task.FromResult<S3Error?>(null);

    public static async Task<S3Error?> GetLocationAsync(S3Request request)
    {
        // For S3, us-east-1 is no constraint.
        var body = new XmlBody("LocationConstraint", isResult: true);
        body.Text(request.Bucket.Region == "us-east-1" ? "" : request.Bucket.Region);
        await body.WriteAsync(request.Context);
        return null;
    }
}
