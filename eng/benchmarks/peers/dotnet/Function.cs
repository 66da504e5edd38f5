using System.Globalization;
using Amazon.S3;
using Amazon.S3.Model;

namespace S3Lister.Peers;

internal sealed record Entry(string Key, long? Size, DateTime? LastModified, string ETag, string StorageClass);

internal sealed record Page(
    string Bucket, int? KeyCount, bool? IsTruncated, string? NextContinuationToken, IReadOnlyList<Entry> Contents, IReadOnlyList<string> CommonPrefixes);

/// <summary>A page of the bucket, from the SDK's objects.</summary>
internal sealed class Function(IAmazonS3 s3)
{
    private readonly string _bucket = Environment.GetEnvironmentVariable("S3LISTER_BUCKET")!;

    public async Task<Page> ListAsync(IDictionary<string, string> query)
    {
        var response = await s3.ListObjectsV2Async(new ListObjectsV2Request
        {
            BucketName = _bucket,
            Prefix = Value("prefix"),
            Delimiter = Value("delimiter"),
            StartAfter = Value("start-after"),
            ContinuationToken = Value("continuation-token"),
            MaxKeys = int.Parse(Value("max-keys") ?? "1000", CultureInfo.InvariantCulture),
        });
        return new Page(
            _bucket,
            response.KeyCount,
            response.IsTruncated,
            response.NextContinuationToken,
            [.. (response.S3Objects ?? []).Select(entry => new Entry(entry.Key, entry.Size, entry.LastModified, entry.ETag, entry.StorageClass.Value))],
            response.CommonPrefixes ?? []);

        string? Value(string name) => query.TryGetValue(name, out var value) ? value : null;
    }
}
