using S3Lister.Local.EmbeddedS3.Protocol;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Local.EmbeddedS3;

/// <summary>What an <see cref="EmbeddedS3Server"/> serves, and where.</summary>
internal sealed record EmbeddedS3Options
{
    /// <summary>The buckets by name. More can be made with CreateBucket; those are in memory. Default: none.</summary>
    public IReadOnlyDictionary<string, IObjectStore> Buckets { get; init; } = new Dictionary<string, IObjectStore>();

    /// <summary>The buckets' region; a request signed for another is redirected. Default: us-east-1.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>The port on 127.0.0.1; 0, the default, for a free one.</summary>
    public int Port { get; init; }

    /// <summary>The account that owns the buckets: twelve digits, compared with x-amz-expected-bucket-owner.</summary>
    public string AccountId { get; init; } = "123456789012";

    /// <summary>The canonical user ID of the owner, 64 hexadecimal digits: what fetch-owner gets.</summary>
    public string OwnerId { get; init; } = "e1c9f6a3b05d4782936f1ce5a7d8b20493c6e8f1a2b4d5079c3e6f8a1b2d4c57";

    /// <summary>Tells the time of what is written, and counts latency. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// Asked before anything else is done with a request: null lets it through, an error is its answer. Default: all
    /// requests are let through, signed or not.
    /// </summary>
    public Func<HttpContext, S3Error?> Authenticate { get; init; } = _ => null;
}
