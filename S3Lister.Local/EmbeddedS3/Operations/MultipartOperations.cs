using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using S3Lister.Local.EmbeddedS3.Protocol;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Local.EmbeddedS3.Operations;

/// <summary>Multipart uploads, which the AWS CLI makes of files of 8 MB and more.</summary>
internal static class MultipartOperations
{
    private const long MinPartBytes = 5 * 1024 * 1024;

    public static async Task<S3Error?> CreateAsync(S3Request request)
    {
        if (!ObjectOperations.TryReadStorageClass(request, out var storageClass))
        {
            return S3Error.InvalidStorageClass;
        }

        // Without a choice S3 takes CRC64NVME, which it has for whole objects only.
        var algorithm = ChecksumAlgorithms.Parse(request.Header("x-amz-checksum-algorithm")) is var chosen and not 0
            ? chosen
            : ChecksumAlgorithm.Crc64Nvme;
        var id = request.Service.Uploads.Add(
            new MultipartUpload(request.Bucket.Name, request.Key, storageClass, algorithm)
            {
                IsCompositeChecksum = algorithm != ChecksumAlgorithm.Crc64Nvme
                    && request.Header("x-amz-checksum-type") != "FULL_OBJECT",
            });
        var body = new XmlBody("InitiateMultipartUploadResult", isResult: true);
        body.Element("Bucket", request.Bucket.Name);
        body.Element("Key", Encoding.UTF8.GetString(request.Key));
        body.Element("UploadId", id);
        await body.WriteAsync(request.Context);
        return null;
    }

    public static async Task<S3Error?> UploadPartAsync(S3Request request)
    {
        var number = request.Target.Query.Text("partNumber");
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var part)
            || part is < 1 or > S3Limits.MaxPartNumber)
        {
            return S3Error.InvalidArgument(
                "Part number must be an integer between 1 and 10000, inclusive", "partNumber", number);
        }

        if (request.Header("x-amz-copy-source") is not null)
        {
            return S3Error.NotImplemented("UploadPartCopy");
        }

        if (request.Service.Uploads.Find(request) is not { } upload)
        {
            return S3Error.NoSuchUpload;
        }

        var (digest, error) = await ObjectOperations.ReadBodyAsync(request);
        if (digest is not null)
        {
            upload.Parts[part] = new UploadedPart(digest.Size, digest.ETag);
        }

        return error;
    }

    public static async Task<S3Error?> CompleteAsync(S3Request request, IWritableObjectStore store)
    {
        if (request.Service.Uploads.Find(request) is not { } upload)
        {
            return S3Error.NoSuchUpload;
        }

        var (root, error) = await RequestXml.ReadAsync(request.Context);
        if (root is null || Join(upload, root, out error) is not { } joined)
        {
            return error;
        }

        var info = joined with { LastModified = request.Service.Now };
        store.Put(request.Key, info);
        request.Service.Uploads.Remove(request);
        var body = new XmlBody("CompleteMultipartUploadResult", isResult: true);
        body.Element("Location", $"http://{request.Context.Request.Host}{request.Target.RawPath}");
        body.Element("Bucket", request.Bucket.Name);
        body.Element("Key", Encoding.UTF8.GetString(request.Key));
        body.Element("ETag", info.ETag.ToString());
        await body.WriteAsync(request.Context);
        return null;
    }

    public static Task<S3Error?> AbortAsync(S3Request request)
    {
        if (!request.Service.Uploads.Remove(request))
        {
            return Task.FromResult<S3Error?>(S3Error.NoSuchUpload);
        }

        request.Context.Response.StatusCode = 204;
        return Task.FromResult<S3Error?>(null);
    }

    /// <summary>Checks the list of parts that completes the upload and makes one object of them.</summary>
    private static ObjectInfo? Join(MultipartUpload upload, XElement root, out S3Error? error)
    {
        var listed = root.Children("Part").ToArray();
        error = listed.Length is 0 or > S3Limits.MaxPartNumber ? S3Error.MalformedXml : null;
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        var (size, previous, lastSize) = (0L, 0, MinPartBytes);
        var hash = new byte[16];
        foreach (var element in listed)
        {
            if (!int.TryParse(element.ChildText("PartNumber"), CultureInfo.InvariantCulture, out var number)
                || !upload.Parts.TryGetValue(number, out var part)
                || part.ETag.ToString().Trim('"') != element.ChildText("ETag")?.Trim('"'))
            {
                error ??= S3Error.InvalidPart;
                break;
            }

            error ??= number <= previous ? S3Error.InvalidPartOrder
                : lastSize < MinPartBytes ? S3Error.EntityTooSmall
                : null;
            part.ETag.CopyMd5To(hash);
            md5.AppendData(hash);
            (size, previous, lastSize) = (size + part.Size, number, part.Size);
        }

        return error is not null
            ? null
            : new ObjectInfo
            {
                Size = size,
                LastModified = 0,
                ETag = ETag.FromMd5(md5.GetCurrentHash(), (ushort)listed.Length),
                StorageClass = upload.StorageClass,
                ChecksumAlgorithm = upload.Algorithm,
                IsCompositeChecksum = upload.IsCompositeChecksum,
            };
    }
}
