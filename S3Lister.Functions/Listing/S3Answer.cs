using System.Text;
using Amazon.S3;
using Amazon.S3.Model;

namespace S3Lister.Functions.Listing;

/// <summary>Turns an answer of S3 into a page, or refuses it: a status of 200 alone makes no listing.</summary>
internal static class S3Answer
{
    public static S3Page Check(ListObjectsV2Request asked, ListObjectsV2Response? answer)
    {
        if (answer is not { Name: not null, IsTruncated: { } truncated })
        {
            throw Refuse("has no Name or no IsTruncated");
        }

        var encoded = answer.Encoding == EncodingType.Url;
        CheckEcho("Name", asked.BucketName, answer.Name, encoded: false);
        CheckEcho("Prefix", asked.Prefix, answer.Prefix, encoded);
        CheckEcho("Delimiter", asked.Delimiter, answer.Delimiter, encoded);
        CheckEcho("StartAfter", asked.StartAfter, answer.StartAfter, encoded);
        if (answer.MaxKeys != asked.MaxKeys)
        {
            throw Refuse("echoes another MaxKeys");
        }

        var token = truncated ? answer.NextContinuationToken : null;
        if (truncated && (string.IsNullOrEmpty(token) || token == asked.ContinuationToken))
        {
            throw Refuse("is truncated without a token that leads on");
        }

        List<ObjectEntry> contents = new(answer.S3Objects?.Count ?? 0);
        foreach (var item in answer.S3Objects ?? [])
        {
            contents.Add(Entry(item, encoded));
        }

        List<byte[]> commonPrefixes = new(answer.CommonPrefixes?.Count ?? 0);
        foreach (var commonPrefix in answer.CommonPrefixes ?? [])
        {
            commonPrefixes.Add(Decode(commonPrefix, encoded));
        }

        var page = new S3Page(contents, commonPrefixes, token);
        return page.Count <= asked.MaxKeys ? page : throw Refuse("has more entries than were asked for");
    }

    private static ObjectEntry Entry(S3Object item, bool encoded) => item is { Key: not null, Size: { } size, LastModified: { } modified }
        ? new(Decode(item.Key, encoded), size, modified.ToUniversalTime(), item.ETag ?? "",
            item.StorageClass?.Value ?? S3StorageClass.Standard.Value, item.ChecksumAlgorithm ?? [])
        : throw Refuse("has an object without Key, Size or LastModified");

    /// <remarks>Some S3-compatible stores encode the keys and leave what they echo as it was asked.</remarks>
    private static void CheckEcho(string field, string? asked, string? echoed, bool encoded)
    {
        asked ??= "";
        echoed ??= "";
        if (echoed != asked && Encoding.UTF8.GetString(Decode(echoed, encoded)) != asked)
        {
            throw Refuse($"echoes another {field}");
        }
    }

    private static byte[] Decode(string text, bool encoded)
    {
        try
        {
            return S3UrlEncoding.Decode(text, encoded);
        }
        catch (FormatException)
        {
            throw Refuse("has text that is not encoded as it says");
        }
    }

    private static UpstreamException Refuse(string why) =>
        new(UpstreamCause.InvalidAnswer, $"S3's answer {why}.");
}
