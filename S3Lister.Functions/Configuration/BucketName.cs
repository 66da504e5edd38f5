using System.Buffers;
using System.Net;

namespace S3Lister.Functions.Configuration;

/// <summary>S3's naming rules for general purpose buckets.</summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html"/>
internal static class BucketName
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-");
    private static readonly string[] ReservedPrefixes = ["xn--", "sthree-", "amzn-s3-demo-"];
    private static readonly string[] AliasSuffixes = ["-s3alias", "--ol-s3", ".mrap", "--table-s3"];

    /// <summary>The rule that <paramref name="name"/> violates, to be appended to the setting's name; null if the name is valid.</summary>
    public static string? FindViolation(string name) => name switch
    {
        "" => "is not set; it must be the name of the bucket to list",
        _ when name.EndsWith("--x-s3", StringComparison.Ordinal) =>
            "is a directory bucket, which S3 lists unordered and without start-after; use a general purpose bucket",
        _ when Array.Exists(AliasSuffixes, suffix => name.EndsWith(suffix, StringComparison.Ordinal)) =>
            "is an access point or a table bucket; use the name of the general purpose bucket",
        _ when name.Contains(':', StringComparison.Ordinal) => "must be a bucket's name, not an ARN or a URL",
        { Length: < 3 or > 63 } => "must have 3 to 63 characters",
        _ when name.AsSpan().ContainsAnyExcept(Allowed) =>
            "must have only lower-case letters, digits, dots and hyphens",
        _ when !char.IsAsciiLetterOrDigit(name[0]) || !char.IsAsciiLetterOrDigit(name[^1]) =>
            "must begin and end with a letter or a digit",
        _ when name.Contains("..", StringComparison.Ordinal) => "must not have two dots in a row",
        _ when name.AsSpan().Count('.') == 3 && IPAddress.TryParse(name, out _) => "must not be an IP address",
        _ when Array.Exists(ReservedPrefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal)) =>
            $"must not begin with {string.Join(" or ", ReservedPrefixes)}",
        _ => null,
    };
}
