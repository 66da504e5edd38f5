using S3Lister.Local.EmbeddedS3.Protocol;

namespace S3Lister.Local.EmbeddedS3;

/// <summary>A request for an object or a bucket that exists, and what it asks for.</summary>
internal sealed record S3Request(HttpContext Context, S3Service Service, S3Target Target, S3Bucket Bucket)
{
    public byte[] Key => Target.Key;

    public CancellationToken Aborted => Context.RequestAborted;

    /// <summary>A header's value, or null when it is not there.</summary>
    public string? Header(string name) =>
        Context.Request.Headers.TryGetValue(name, out var values) ? values.ToString() : null;
}
