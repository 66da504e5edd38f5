using S3Lister.Local.EmbeddedS3.Protocol;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Local.EmbeddedS3;

/// <summary>Options of an <see cref="EmbeddedS3Server"/>.</summary>
internal sealed record EmbeddedS3Options
{
    /// <summary>The buckets by name. Default: none.</summary>
    public IReadOnlyDictionary<string, IObjectStore> Buckets { get; init; } = new Dictionary<string, IObjectStore>();

    /// <summary>The buckets' region; a request signed for another is redirected. Default: us-east-1.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>The port on 127.0.0.1; 0, the default, for a free one.</summary>
    public int Port { get; init; }

    /// <summary>TLS of the port. Null, the default, for plain HTTP.</summary>
    public LoopbackTls? Tls { get; init; }

    /// <summary>The account that owns the buckets: twelve digits, compared with x-amz-expected-bucket-owner.</summary>
    public string AccountId { get; init; } = "123456789012";

    /// <summary>The canonical user ID of the owner, 64 hexadecimal digits: returned for fetch-owner.</summary>
    public string OwnerId { get; init; } = "e1c9f6a3b05d4782936f1ce5a7d8b20493c6e8f1a2b4d5079c3e6f8a1b2d4c57";

    /// <summary>The clock of latency and request rate. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// Called before anything else is done with a request: null accepts it, an error is the response. Default: all
    /// requests are accepted, signed or not.
    /// </summary>
    public Func<HttpContext, S3Error?> Authenticate { get; init; } = _ => null;
}
