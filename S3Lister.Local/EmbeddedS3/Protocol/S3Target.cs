using System.Text;

namespace S3Lister.Local.EmbeddedS3.Protocol;

/// <summary>What a request is about: nothing (the service), a bucket, or an object in it.</summary>
/// <param name="Bucket">The bucket's name; empty for the service.</param>
/// <param name="Key">The key in UTF-8; empty for the bucket itself.</param>
/// <param name="Query">The decoded query.</param>
/// <param name="RawPath">The path as it arrived.</param>
internal sealed record S3Target(string Bucket, byte[] Key, S3Query Query, string RawPath)
{
    private const string VirtualHostSuffix = ".localhost";

    /// <summary>
    /// Reads the target as it stands in the request line. Path-style is what is meant to be used; a bucket in front
    /// of <c>.localhost</c> in the Host header is understood too.
    /// </summary>
    /// <returns>Null when something in it cannot be decoded.</returns>
    public static S3Target? Parse(string rawTarget, string host)
    {
        var target = rawTarget.AsSpan();
        if (target.IndexOf("://") is var scheme and > 0 && !target.StartsWith('/'))
        {
            var authority = target[(scheme + 3)..];
            var slash = authority.IndexOf('/');
            target = slash < 0 ? "/" : authority[slash..];
        }

        var mark = target.IndexOf('?');
        var path = mark < 0 ? target : target[..mark];
        var bucket = host.EndsWith(VirtualHostSuffix, StringComparison.OrdinalIgnoreCase)
            ? host[..^VirtualHostSuffix.Length]
            : "";
        var rest = path.StartsWith('/') ? path[1..] : path;
        if (bucket.Length == 0)
        {
            var slash = rest.IndexOf('/');
            if (!PercentDecoder.TryDecodePath(slash < 0 ? rest : rest[..slash], out var name))
            {
                return null;
            }

            bucket = Encoding.UTF8.GetString(name);
            rest = slash < 0 ? [] : rest[(slash + 1)..];
        }

        return PercentDecoder.TryDecodePath(rest, out var key)
            && S3Query.TryParse(mark < 0 ? [] : target[(mark + 1)..], out var query)
            ? new S3Target(bucket, key, query, path.ToString())
            : null;
    }
}
