using S3Lister.Functions.Configuration;
using S3Lister.Local.EmbeddedS3.Operations;
using S3Lister.Local.EmbeddedS3.Protocol;

namespace S3Lister.Local.EmbeddedS3;

/// <summary>Checks what all operations have in common and hands the request to its own.</summary>
internal static class S3Dispatcher
{
    public static async Task<S3Error?> AnswerAsync(
        HttpContext context, S3Service service, S3Target target, S3Route route)
    {
        if (route.Operation == S3Operation.Unknown)
        {
            return route.Missing is null
                ? S3Error.MethodNotAllowed(context.Request.Method)
                : S3Error.NotImplemented(route.Missing);
        }

        if (route.Operation == S3Operation.ListBuckets)
        {
            return await BucketOperations.ListAsync(context, service);
        }

        if (BucketName.Refuse(target.Bucket) is not null)
        {
            return S3Error.InvalidBucketName(target.Bucket);
        }

        if (route.Operation == S3Operation.CreateBucket)
        {
            return await BucketOperations.CreateAsync(context, service, target.Bucket);
        }

        if (service.Find(target.Bucket) is not { } bucket)
        {
            return S3Error.NoSuchBucket(target.Bucket);
        }

        var request = new S3Request(context, service, target, bucket);
        return Refuse(request, route.Operation) ?? await DispatchAsync(request, route.Operation);
    }

    private static S3Error? Refuse(S3Request request, S3Operation operation)
    {
        if (operation is S3Operation.ListObjectsV2 or S3Operation.HeadBucket)
        {
            request.Context.Response.Headers["x-amz-bucket-region"] = request.Bucket.Region;
        }

        if (operation != S3Operation.GetBucketLocation
            && CredentialScope.Region(request) is { } region
            && region != request.Bucket.Region)
        {
            request.Context.Response.Headers["x-amz-bucket-region"] = request.Bucket.Region;
            return S3Error.PermanentRedirect(request.Bucket.Name, request.Bucket.Region);
        }

        return request.Header("x-amz-expected-bucket-owner") is { } owner && owner != request.Service.Options.AccountId
            ? S3Error.AccessDenied
            : request.Key.Length > S3Limits.MaxKeyBytes
            ? S3Error.KeyTooLong(request.Key.Length)
            : null;
    }

    private static Task<S3Error?> DispatchAsync(S3Request request, S3Operation operation) => operation switch
    {
        S3Operation.HeadBucket => BucketOperations.HeadAsync(),
        S3Operation.GetBucketLocation => BucketOperations.GetLocationAsync(request),
        S3Operation.ListObjectsV2 => ListObjectsOperation.ListAsync(request),
        S3Operation.HeadObject => ObjectOperations.HeadAsync(request),
        _ => request.Bucket.Store is Storage.IWritableObjectStore store
            ? WriteAsync(request, store, operation)
            : Task.FromResult<S3Error?>(S3Error.AccessDenied),
    };

    private static Task<S3Error?> WriteAsync(
        S3Request request, Storage.IWritableObjectStore store, S3Operation operation) => operation switch
        {
            S3Operation.PutObject => ObjectOperations.PutAsync(request, store),
            S3Operation.DeleteObject => ObjectOperations.DeleteAsync(request, store),
            S3Operation.DeleteObjects => DeleteObjectsOperation.DeleteAsync(request, store),
            S3Operation.CreateMultipartUpload => MultipartOperations.CreateAsync(request),
            S3Operation.UploadPart => MultipartOperations.UploadPartAsync(request),
            S3Operation.CompleteMultipartUpload => MultipartOperations.CompleteAsync(request, store),
            S3Operation.AbortMultipartUpload => MultipartOperations.AbortAsync(request),
            _ => throw new InvalidOperationException($"{operation} is not a write."),
        };
}
