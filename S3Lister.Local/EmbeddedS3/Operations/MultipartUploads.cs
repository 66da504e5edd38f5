using System.Collections.Concurrent;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Local.EmbeddedS3.Operations;

/// <summary>An upload that is under way.</summary>
internal sealed record MultipartUpload(
    string Bucket, byte[] Key, StorageClass StorageClass, ChecksumAlgorithm Algorithm)
{
    /// <summary>The object's checksum will be one over those of the parts.</summary>
    public required bool IsCompositeChecksum { get; init; }

    public ConcurrentDictionary<int, UploadedPart> Parts { get; } = new();
}

/// <summary>A part of an upload: how long it is and its MD5.</summary>
internal sealed record UploadedPart(long Size, ETag ETag);

/// <summary>The uploads that are under way, by their IDs.</summary>
internal sealed class MultipartUploads
{
    private readonly ConcurrentDictionary<string, MultipartUpload> _uploads = new(StringComparer.Ordinal);

    public string Add(MultipartUpload upload)
    {
        var id = Guid.NewGuid().ToString("N");
        _uploads[id] = upload;
        return id;
    }

    /// <summary>The upload that the request names, if it is one of its bucket and its key.</summary>
    public MultipartUpload? Find(S3Request request) =>
        _uploads.TryGetValue(Id(request), out var upload)
        && upload.Bucket == request.Bucket.Name
        && upload.Key.AsSpan().SequenceEqual(request.Key)
            ? upload
            : null;

    public bool Remove(S3Request request) => Find(request) is not null && _uploads.TryRemove(Id(request), out _);

    private static string Id(S3Request request) => request.Target.Query.Text("uploadId") ?? "";
}
