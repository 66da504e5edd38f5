using System.Net;
using System.Text;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace S3Lister.Tests.Fuzz;

/// <summary>A bucket of a few keys, listed as S3 would list it for any request.</summary>
internal static class SmallBucket
{
    private static readonly string[] Keys =
    [
        "\u0001\n\u007f", " ", "%25", "+", "-", "/", "//", "=1+1", "a", "a b/c+d", "a&b=c", "logs/", "logs/2026/11/23.gz",
        "logs/2026/11/24.gz", "logs/2027/x", "logs/a.txt", "logs/b.csv", "team-a/", "team-a/1", "team-a/2/3", "team-b/1", "ä",
        "\"quoted\"", "<script>", "\\", "\ue000", "😀", new('k', 1024),
    ];

    private static readonly DateTime Noon = new(2026, 11, 23, 12, 0, 0, DateTimeKind.Utc);

    public static ListObjectsV2Response List(ListObjectsV2Request request)
    {
        var after = request.ContinuationToken is { } token ? Place(token) : request.StartAfter ?? "";
        var entries = NaiveListing.Entries(Keys, request.Prefix, request.Delimiter ?? "", after).ToList();
        var page = entries[..Math.Min(entries.Count, request.MaxKeys!.Value)];
        return new()
        {
            Name = request.BucketName,
            Prefix = S3Double.Encode(request.Prefix),
            Delimiter = request.Delimiter is null ? null : S3Double.Encode(request.Delimiter),
            StartAfter = request.StartAfter is null ? null : S3Double.Encode(request.StartAfter),
            MaxKeys = request.MaxKeys,
            Encoding = EncodingType.Url,
            S3Objects = [.. page.Where(entry => !entry.IsCommonPrefix).Select(entry => Object(entry.Name))],
            CommonPrefixes = [.. page.Where(entry => entry.IsCommonPrefix).Select(entry => S3Double.Encode(entry.Name))],
            IsTruncated = page.Count < entries.Count,
            NextContinuationToken = page.Count < entries.Count
                ? Convert.ToBase64String(Encoding.UTF8.GetBytes($"place:{page[^1].Name}")) : null,
        };
    }

    /// <exception cref="AmazonS3Exception">The token is not one of S3's, as in the real SDK.</exception>
    private static string Place(string token)
    {
        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length) is var place && place.StartsWith("place:", StringComparison.Ordinal)
            ? place["place:".Length..]
            : throw new AmazonS3Exception(
                "The continuation token provided is incorrect", ErrorType.Sender, "InvalidArgument", "1", HttpStatusCode.BadRequest);
    }

    private static S3Object Object(string key) => new()
    {
        Key = S3Double.Encode(key),
        Size = key.Length * 1000,
        LastModified = Noon.AddMinutes(key.Length),
        ETag = "\"764efa883dda1e11db47671c4a3bbd9e\"",
        StorageClass = key.Length % 2 == 0 ? S3StorageClass.Standard : S3StorageClass.Glacier,
        ChecksumAlgorithm = key.Length % 3 == 0 ? null : ["CRC64NVME"],
    };
}
