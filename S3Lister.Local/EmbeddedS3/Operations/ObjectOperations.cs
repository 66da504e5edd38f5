using System.Globalization;
using System.Text;
using S3Lister.Local.EmbeddedS3.Protocol;
using S3Lister.Local.EmbeddedS3.Storage;
using S3Lister.Local.EmbeddedS3.Upload;

namespace S3Lister.Local.EmbeddedS3.Operations;

/// <summary>PutObject, HeadObject and DeleteObject.</summary>
internal static class ObjectOperations
{
    // To ignore one of these would be to lie.
    private static readonly string[] Conditions = ["If-Match", "If-None-Match", "x-amz-write-offset-bytes"];

    public static async Task<S3Error?> PutAsync(S3Request request, IWritableObjectStore store)
    {
        if (request.Header("x-amz-copy-source") is not null)
        {
            return S3Error.NotImplemented("CopyObject");
        }

        if (Conditions.FirstOrDefault(name => request.Header(name) is not null) is { } condition)
        {
            return S3Error.NotImplemented($"PutObject with {condition}");
        }

        if (!TryReadStorageClass(request, out var storageClass))
        {
            return S3Error.InvalidStorageClass;
        }

        var (digest, error) = await ReadBodyAsync(request);
        if (digest is null)
        {
            return error;
        }

        store.Put(request.Key, new ObjectInfo
        {
            Size = digest.Size,
            LastModified = request.Service.Now,
            ETag = digest.ETag,
            StorageClass = storageClass,
            ChecksumAlgorithm = digest.Algorithm,
        });
        request.Context.Response.Headers["x-amz-checksum-type"] = "FULL_OBJECT";
        return null;
    }

    public static Task<S3Error?> HeadAsync(S3Request request)
    {
        if (!request.Bucket.Store.TryGet(request.Key, out var info))
        {
            return Task.FromResult<S3Error?>(S3Error.NoSuchKey(Encoding.UTF8.GetString(request.Key)));
        }

        var headers = request.Context.Response.Headers;
        headers.ContentLength = info.Size;
        headers.ContentType = "binary/octet-stream";
        headers.ETag = info.ETag.ToString();
        headers.LastModified = DateTimeOffset.FromUnixTimeSeconds(info.LastModified)
            .ToString("R", CultureInfo.InvariantCulture);
        if (info.StorageClass != StorageClass.Standard)
        {
            headers["x-amz-storage-class"] = info.StorageClass.Name();
        }

        return Task.FromResult<S3Error?>(null);
    }

    public static Task<S3Error?> DeleteAsync(S3Request request, IWritableObjectStore store)
    {
        store.Delete(request.Key);
        request.Context.Response.StatusCode = 204;
        return Task.FromResult<S3Error?>(null);
    }

    /// <summary>Reads the body of an object or of a part of one, and writes the headers that answer it.</summary>
    public static async Task<(UploadDigest? Digest, S3Error? Error)> ReadBodyAsync(S3Request request)
    {
        if (request.Context.Request.ContentLength is null && request.Header("Transfer-Encoding") is null)
        {
            return (null, S3Error.MissingContentLength);
        }

        var (digest, error) = await UploadReader.ReadAsync(request.Context);
        if (digest is not null)
        {
            request.Context.Response.Headers.ETag = digest.ETag.ToString();
            request.Context.Response.Headers[digest.Algorithm.Header()] = digest.Checksum;
        }

        return (digest, error);
    }

    public static bool TryReadStorageClass(S3Request request, out StorageClass storageClass) =>
        StorageClasses.TryParse(request.Header("x-amz-storage-class") ?? "STANDARD", out storageClass);
}
