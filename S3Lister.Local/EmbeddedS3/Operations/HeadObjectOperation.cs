using System.Globalization;
using S3Lister.Local.EmbeddedS3.Protocol;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Local.EmbeddedS3.Operations;

/// <summary>HeadObject.</summary>
internal static class HeadObjectOperation
{
    public static S3Error? Head(S3Request request)
    {
        var cursor = request.Store.OpenCursor();
        if (!cursor.Seek(request.Target.Key) || !cursor.Key.SequenceEqual(request.Target.Key))
        {
            return S3Error.NoSuchKey;
        }

        var info = cursor.Info;
        var headers = request.Context.Response.Headers;
        headers.ContentLength = info.Size;
        headers.ContentType = "binary/octet-stream";
        headers.ETag = info.ETag.ToString();
        headers.LastModified = DateTimeOffset.FromUnixTimeSeconds(info.LastModified).ToString("R", CultureInfo.InvariantCulture);
        if (info.StorageClass != StorageClass.Standard)
        {
            headers["x-amz-storage-class"] = info.StorageClass.Name();
        }

        return null;
    }
}
