using System.Globalization;
using System.Text.Json;
using S3Lister.Local;

namespace S3Lister.Benchmarks.Prefixes;

/// <summary>A program that lists a whole bucket, and the parser of its output.</summary>
/// <param name="Name">The name in tables and for <c>--only</c>.</param>
/// <param name="Arguments">The program and its arguments for an endpoint and a bucket.</param>
/// <param name="Read">Reads the objects and bytes from the lines of its output.</param>
internal sealed record Tool(
    string Name, Func<string, string, string[]> Arguments, Func<IEnumerable<string>, (long Objects, long? Bytes)> Read)
{
    /// <summary>The variable by which the program finds the roots that it trusts. rclone fails if AWS_CA_BUNDLE is set.</summary>
    public string RootsVariable => Name.StartsWith("rclone", StringComparison.Ordinal) ? "SSL_CERT_FILE" : "AWS_CA_BUNDLE";

    public static IReadOnlyList<Tool> All { get; } =
    [
        new("aws s3api list-objects-v2", static (endpoint, bucket) =>
            ["aws", "s3api", "list-objects-v2", "--endpoint-url", endpoint, "--bucket", bucket, "--query", "[length(Contents),sum(Contents[].Size)]", "--output", "json"], ReadArray),
        new("aws s3 ls --summarize", static (endpoint, bucket) =>
            ["aws", "s3", "ls", $"s3://{bucket}/", "--endpoint-url", endpoint, "--recursive", "--summarize"], ReadSummary),
        new("rclone size", static (endpoint, bucket) => ["rclone", "size", "--json", Remote(endpoint, bucket)], ReadJson),
        new("rclone size --fast-list", static (endpoint, bucket) => ["rclone", "size", "--json", "--fast-list", Remote(endpoint, bucket)], ReadJson),
        new("rclone size --checkers 64", static (endpoint, bucket) => ["rclone", "size", "--json", "--checkers", "64", Remote(endpoint, bucket)], ReadJson),
        new("rclone lsf", static (endpoint, bucket) =>
            ["rclone", "lsf", "--recursive", "--files-only", "--format", "s", Remote(endpoint, bucket)], ReadSizes),
    ];

    private static string Remote(string endpoint, string bucket) =>
        $":s3,provider=Other,endpoint='{endpoint}',list_version=2,access_key_id={LocalIdentities.User.AccessKeyId},"
        + $"secret_access_key='{LocalIdentities.User.SecretAccessKey}':{bucket}";

    private static (long, long?) ReadArray(IEnumerable<string> lines)
    {
        var result = JsonElement.Parse(string.Concat(lines));
        return (result[0].GetInt64(), (long)result[1].GetDouble());
    }

    private static (long, long?) ReadSummary(IEnumerable<string> lines)
    {
        var (objects, bytes) = (0L, 0L);
        foreach (var line in lines)
        {
            objects = Total(line, "Total Objects:") ?? objects;
            bytes = Total(line, "Total Size:") ?? bytes;
        }

        return (objects, bytes);
    }

    private static long? Total(string line, string name) =>
        line.AsSpan().TrimStart().StartsWith(name)
            ? long.Parse(line.AsSpan(line.IndexOf(name, StringComparison.Ordinal) + name.Length), CultureInfo.InvariantCulture)
            : null;

    private static (long, long?) ReadJson(IEnumerable<string> lines)
    {
        var result = JsonElement.Parse(string.Concat(lines));
        return (result.GetProperty("count").GetInt64(), result.GetProperty("bytes").GetInt64());
    }

    private static (long, long?) ReadSizes(IEnumerable<string> lines)
    {
        var (objects, bytes) = (0L, 0L);
        foreach (var line in lines)
        {
            objects++;
            bytes += long.Parse(line, CultureInfo.InvariantCulture);
        }

        return (objects, bytes);
    }
}
