using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using S3Lister.Listing.Text;

namespace S3Lister.Inventory.Runs;

/// <summary>The objects of runs in the destination bucket.</summary>
/// <param name="s3">The client.</param>
/// <param name="bucket">The destination bucket.</param>
/// <param name="owner">The account that must own it; null for any.</param>
internal sealed class RunStore(IAmazonS3 s3, string bucket, string? owner)
{
    /// <summary>How often a conditional write is repeated while S3 reports a concurrent one.</summary>
    private const int MaxConflicts = 10;

    public string Bucket => bucket;

    /// <returns>
    /// Null where there is no such object. S3 reports that as 403 to a caller without permission to list the bucket.
    /// </returns>
    public async Task<byte[]?> ReadAsync(string key, CancellationToken deadline)
    {
        try
        {
            using var response = await s3.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = key, ExpectedBucketOwner = owner }, deadline);
            using MemoryStream content = new();
            await response.ResponseStream.CopyToAsync(content, deadline);
            return content.ToArray();
        }
        catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden && e.ErrorCode != "NoSuchBucket")
        {
            return null;
        }
    }

    public async Task WriteAsync(string key, ReadOnlyMemory<byte> content, string contentType, CancellationToken deadline) =>
        await s3.PutObjectAsync(Put(key, content, contentType), deadline);

    /// <summary>Writes an object unless there is one.</summary>
    /// <returns>False where there is one.</returns>
    public async Task<bool> TryCreateAsync(string key, ReadOnlyMemory<byte> content, string contentType, CancellationToken deadline)
    {
        for (var conflicts = 0; ; conflicts++)
        {
            var request = Put(key, content, contentType);
            request.IfNoneMatch = "*";
            try
            {
                await s3.PutObjectAsync(request, deadline);
                return true;
            }
            catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.PreconditionFailed)
            {
                return false;
            }
            catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.Conflict && conflicts < MaxConflicts)
            {
                // Another conditional write is in progress. Once it has ended, S3 says whether there is an object.
            }
        }
    }

    /// <returns>The identifier of the upload.</returns>
    public async Task<string> StartUploadAsync(string key, CancellationToken deadline)
    {
        var response = await s3.InitiateMultipartUploadAsync(
            new InitiateMultipartUploadRequest { BucketName = bucket, Key = key, ExpectedBucketOwner = owner, ContentType = "application/vnd.apache.parquet" },
            deadline);
        return response.UploadId;
    }

    /// <param name="number">From 1.</param>
    /// <param name="content">Disposed of in any case.</param>
    /// <returns>The part's ETag.</returns>
    public async Task<string> UploadPartAsync(string key, string uploadId, int number, Utf8Buffer content, CancellationToken deadline)
    {
        var length = content.Length;
        await using var stream = content.ToStream();
        var response = await s3.UploadPartAsync(
            new UploadPartRequest
            {
                BucketName = bucket,
                Key = key,
                ExpectedBucketOwner = owner,
                UploadId = uploadId,
                PartNumber = number,
                PartSize = length,
                InputStream = stream,
            },
            deadline);
        return response.ETag;
    }

    /// <summary>Makes a file visible. May be repeated.</summary>
    /// <exception cref="InvalidOperationException">The upload is gone, and the file does not have the size that was uploaded.</exception>
    public async Task CompleteAsync(FileRecord file, CancellationToken deadline)
    {
        try
        {
            await s3.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest
                {
                    BucketName = bucket,
                    Key = file.Key,
                    ExpectedBucketOwner = owner,
                    UploadId = file.UploadId,
                    PartETags = [.. file.ETags.Select(static (tag, index) => new PartETag(index + 1, tag))],
                },
                deadline);
        }
        catch (AmazonS3Exception e) when (e.ErrorCode == "NoSuchUpload")
        {
            if (await SizeAsync(file.Key, deadline) != file.Size)
            {
                throw new InvalidOperationException($"The upload of {file.Key} is gone, and there is no such file of {file.Size} bytes.", e);
            }
        }
    }

    public async Task AbortAsync(string key, string uploadId, CancellationToken deadline) =>
        await s3.AbortMultipartUploadAsync(
            new AbortMultipartUploadRequest { BucketName = bucket, Key = key, ExpectedBucketOwner = owner, UploadId = uploadId }, deadline);

    private async Task<long?> SizeAsync(string key, CancellationToken deadline)
    {
        try
        {
            var response = await s3.GetObjectMetadataAsync(
                new GetObjectMetadataRequest { BucketName = bucket, Key = key, ExpectedBucketOwner = owner }, deadline);
            return response.ContentLength;
        }
        catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden)
        {
            return null;
        }
    }

    private PutObjectRequest Put(string key, ReadOnlyMemory<byte> content, string contentType) => new()
    {
        BucketName = bucket,
        Key = key,
        ExpectedBucketOwner = owner,
        ContentType = contentType,
        InputStream = new MemoryStream(content.ToArray(), writable: false),
    };
}
