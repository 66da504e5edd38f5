using System.Collections.Concurrent;
using S3Lister.Functions.Configuration;
using S3Lister.Local.EmbeddedS3.Operations;

namespace S3Lister.Local.EmbeddedS3;

/// <summary>The state of the service: its buckets, and uploads that are not completed.</summary>
internal sealed class S3Service
{
    private readonly ConcurrentDictionary<string, S3Bucket> _buckets;

    public S3Service(EmbeddedS3Options options)
    {
        Options = options;
        var created = options.TimeProvider.GetUtcNow();
        _buckets = new ConcurrentDictionary<string, S3Bucket>(
            options.Buckets.Select(bucket => KeyValuePair.Create(
                bucket.Key,
                BucketName.Refuse(bucket.Key) is null
                    ? new S3Bucket(bucket.Key, options.Region, bucket.Value, created)
                    : throw new ArgumentException($"{bucket.Key} is not a valid name for a bucket.", nameof(options)))),
            StringComparer.Ordinal);
    }

    public EmbeddedS3Options Options { get; }

    public MultipartUploads Uploads { get; } = new();

    /// <summary>The buckets in the order of their names, as ListBuckets gives them.</summary>
    public IEnumerable<S3Bucket> Buckets => _buckets.Values.OrderBy(bucket => bucket.Name, StringComparer.Ordinal);

    /// <summary>Now, as S3 keeps it: in whole seconds since 1970.</summary>
    public long Now => Options.TimeProvider.GetUtcNow().ToUnixTimeSeconds();

    public S3Bucket? Find(string name) => _buckets.GetValueOrDefault(name);

    public bool TryAdd(S3Bucket bucket) => _buckets.TryAdd(bucket.Name, bucket);
}
