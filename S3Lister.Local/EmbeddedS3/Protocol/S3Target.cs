using System.Text;
using S3Lister.Local.SigV4;

namespace S3Lister.Local.EmbeddedS3.Protocol;

/// <summary>The resource of a request: the service, a bucket, or an object in it.</summary>
/// <param name="Bucket">The bucket's name; empty for the service.</param>
/// <param name="Key">The key in UTF-8; empty for the bucket itself.</param>
/// <param name="Query">The decoded query.</param>
internal sealed record S3Target(string Bucket, byte[] Key, S3Query Query)
{
    private const string VirtualHostSuffix = ".localhost";

    /// <summary>
    /// Parses the target of the request line: path style, or virtual-hosted style under <c>.localhost</c>.
    /// </summary>
    /// <returns>Null when something in it cannot be decoded.</returns>
    public static S3Target? Parse(string rawTarget, string host)
    {
        if (rawTarget.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            var slash = rawTarget.IndexOf('/', "http://".Length);
            rawTarget = slash < 0 ? "/" : rawTarget[slash..];
        }

        var (path, query) = rawTarget.Split('?', 2) is [var before, var after] ? (before, after) : (rawTarget, "");
        path = path.StartsWith('/') ? path[1..] : path;
        return host.EndsWith(VirtualHostSuffix, StringComparison.OrdinalIgnoreCase)
            ? Decode(host[..^VirtualHostSuffix.Length], path, query)
            : path.Split('/', 2) is [var bucket, var key] ? Decode(bucket, key, query)
            : Decode(path, "", query);
    }

    private static S3Target? Decode(string bucket, string key, string query) =>
        UriEncoding.TryDecode(bucket, plusIsSpace: false, out var name)
        && UriEncoding.TryDecode(key, plusIsSpace: false, out var keyBytes)
        && S3Query.Parse(query) is { } parameters
            ? new(Encoding.UTF8.GetString(name), keyBytes, parameters)
            : null;
}
