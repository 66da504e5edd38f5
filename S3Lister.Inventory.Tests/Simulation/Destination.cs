using System.Net;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace S3Lister.Inventory.Tests.Simulation;

/// <summary>The destination bucket in memory, with S3's rules for conditional writes and multipart uploads.</summary>
/// <param name="time">The clock.</param>
internal sealed class Destination(VirtualTime time) : AmazonS3Client(new AnonymousAWSCredentials(), new AmazonS3Config { ServiceURL = "http://127.0.0.1" })
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(20);

    private readonly Dictionary<string, (string Key, SortedDictionary<int, byte[]> Parts)> _uploads = [];
    private int _number;

    public SortedDictionary<string, byte[]> Objects { get; } = new(StringComparer.Ordinal);

    /// <summary>The number of uploads that are neither completed nor aborted.</summary>
    public int OpenUploads => _uploads.Count;

    /// <summary>Called before and after each request takes effect, with its name and whether it has; may throw.</summary>
    public Func<string, bool, Task> Fault { get; set; } = static (_, _) => Task.CompletedTask;

    /// <summary>Whether S3 reports missing objects as 403, as it does without permission to list.</summary>
    public bool HidesMissing { get; set; }

    /// <summary>Whether conditions of writes are ignored, to show that a test depends on them.</summary>
    public bool IgnoresConditions { get; init; }

    public override Task<GetObjectResponse> GetObjectAsync(GetObjectRequest request, CancellationToken cancellationToken = default) =>
        RequestAsync("GET", () => Objects.TryGetValue(request.Key, out var content)
            ? new GetObjectResponse { ResponseStream = new MemoryStream(content) }
            : throw Missing("NoSuchKey"));

    public override Task<GetObjectMetadataResponse> GetObjectMetadataAsync(GetObjectMetadataRequest request, CancellationToken cancellationToken = default) =>
        RequestAsync("HEAD", () => Objects.TryGetValue(request.Key, out var content)
            ? new GetObjectMetadataResponse { ContentLength = content.Length }
            : throw Missing("NotFound"));

    public override Task<PutObjectResponse> PutObjectAsync(PutObjectRequest request, CancellationToken cancellationToken = default) =>
        RequestAsync("PUT " + request.Key.Split('/')[2], () =>
        {
            if (request.IfNoneMatch == "*" && Objects.ContainsKey(request.Key) && !IgnoresConditions)
            {
                throw Error("PreconditionFailed", HttpStatusCode.PreconditionFailed);
            }

            Objects[request.Key] = Read(request.InputStream);
            return new PutObjectResponse();
        });

    public override Task<InitiateMultipartUploadResponse> InitiateMultipartUploadAsync(InitiateMultipartUploadRequest request, CancellationToken cancellationToken = default) =>
        RequestAsync("CREATE", () =>
        {
            var id = $"upload-{++_number}";
            _uploads[id] = (request.Key, []);
            return new InitiateMultipartUploadResponse { UploadId = id };
        });

    public override Task<UploadPartResponse> UploadPartAsync(UploadPartRequest request, CancellationToken cancellationToken = default) =>
        RequestAsync("PART", () =>
        {
            var content = Read(request.InputStream);
            Upload(request.UploadId, request.Key).Parts[request.PartNumber!.Value] = content;
            return new UploadPartResponse { ETag = ETag(content) };
        });

    public override Task<CompleteMultipartUploadResponse> CompleteMultipartUploadAsync(CompleteMultipartUploadRequest request, CancellationToken cancellationToken = default) =>
        RequestAsync("COMPLETE", () =>
        {
            var parts = Upload(request.UploadId, request.Key).Parts;
            Assert.Equal(parts.Select(part => (part.Key, ETag(part.Value))), request.PartETags.Select(part => (part.PartNumber!.Value, part.ETag)));
            Assert.All(parts.Values.SkipLast(1), static part => Assert.True(part.Length >= 5 * 1024 * 1024));
            Objects[request.Key] = [.. parts.Values.SelectMany(static part => part)];
            _uploads.Remove(request.UploadId);
            return new CompleteMultipartUploadResponse();
        });

    public override Task<AbortMultipartUploadResponse> AbortMultipartUploadAsync(AbortMultipartUploadRequest request, CancellationToken cancellationToken = default) =>
        RequestAsync("ABORT", () =>
        {
            _ = Upload(request.UploadId, request.Key);
            _uploads.Remove(request.UploadId);
            return new AbortMultipartUploadResponse();
        });

    private async Task<T> RequestAsync<T>(string name, Func<T> handle)
    {
        await Fault(name, false);
        await time.Delay(Latency / 2);
        var response = handle();
        await time.Delay(Latency / 2);
        await Fault(name, true);
        return response;
    }

    private (string Key, SortedDictionary<int, byte[]> Parts) Upload(string id, string key) =>
        _uploads.TryGetValue(id, out var upload) && upload.Key == key ? upload : throw Error("NoSuchUpload", HttpStatusCode.NotFound);

    private AmazonS3Exception Missing(string code) =>
        HidesMissing ? Error("AccessDenied", HttpStatusCode.Forbidden) : Error(code, HttpStatusCode.NotFound);

    private static AmazonS3Exception Error(string code, HttpStatusCode status) => new(code, ErrorType.Sender, code, "", status);

    private static byte[] Read(Stream stream)
    {
        using MemoryStream content = new();
        stream.CopyTo(content);
        return content.ToArray();
    }

#pragma warning disable CA5351 // S3's ETag.
    private static string ETag(byte[] content) => $"\"{Convert.ToHexStringLower(MD5.HashData(content))}\"";
#pragma warning restore CA5351
}
