using System.Text;
using Amazon.S3;
using Amazon.S3.Model;

namespace S3Lister.Functions.Listing;

/// <summary>Turns an answer of S3 into a page, or refuses it: a status of 200 alone makes no listing.</summary>
internal static class S3Answer
{
    /// <param name="asked">The request.</param>
    /// <param name="answer">What S3 answered; null where the SDK made nothing of it.</param>
    /// <param name="after">The last entry of the page before, which this page's entries come after; empty for none.</param>
    /// <exception cref="UpstreamException">It is not the listing asked for.</exception>
    public static S3Page Check(ListObjectsV2Request asked, ListObjectsV2Response? answer, byte[] after)
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

        var prefix = Encoding.UTF8.GetBytes(asked.Prefix);
        after = asked.StartAfter is null ? after : Encoding.UTF8.GetBytes(asked.StartAfter);
        S3Page page = new(
            Contents(answer.S3Objects ?? [], encoded, prefix, after),
            CommonPrefixes(answer.CommonPrefixes ?? [], encoded, prefix, Encoding.UTF8.GetBytes(asked.Delimiter ?? ""), after),
            token);
        return page.Count > asked.MaxKeys ? throw Refuse("has more entries than were asked for")
            : page.Count < answer.KeyCount ? throw Refuse("counts more entries than it has")
            : page;
    }

    private static List<ObjectEntry> Contents(List<S3Object> items, bool encoded, byte[] prefix, byte[] after)
    {
        List<ObjectEntry> contents = new(items.Count);
        foreach (var item in items)
        {
            // An empty key is what the SDK makes of one that it cannot read, an entity of XML for example.
            if (item is not { Key.Length: > 0, Size: { } size and >= 0, LastModified: { } modified })
            {
                throw Refuse("has an object without Key, Size or LastModified");
            }

            var key = Decode(item.Key, encoded);
            if (!key.AsSpan().StartsWith(prefix) || key.AsSpan().SequenceCompareTo(after) <= 0)
            {
                throw Refuse("has a key that is not under the prefix or not in order");
            }

            contents.Add(new(key, size, modified.ToUniversalTime(), item.ETag ?? "",
                item.StorageClass?.Value ?? S3StorageClass.Standard.Value, item.ChecksumAlgorithm ?? []));
            after = key;
        }

        return contents;
    }

    /// <remarks>
    /// The first may hold the place that the page begins after: some S3-compatible stores give the last one of a page
    /// again, or the one that start-after lies in.
    /// </remarks>
    private static List<byte[]> CommonPrefixes(List<string> items, bool encoded, byte[] prefix, byte[] delimiter, byte[] after)
    {
        List<byte[]> commonPrefixes = new(items.Count);
        foreach (var item in items)
        {
            var commonPrefix = Decode(item, encoded);
            if (delimiter.Length == 0
                || commonPrefix.Length < prefix.Length + delimiter.Length
                || !commonPrefix.AsSpan().StartsWith(prefix)
                || !commonPrefix.AsSpan().EndsWith(delimiter))
            {
                throw Refuse("has a common prefix that is none of the prefix and the delimiter");
            }

            if (commonPrefix.AsSpan().SequenceCompareTo(after) <= 0
                && (commonPrefixes.Count > 0 || !after.AsSpan().StartsWith(commonPrefix)))
            {
                throw Refuse("has a common prefix that is not in order");
            }

            commonPrefixes.Add(commonPrefix);
            after = commonPrefix;
        }

        return commonPrefixes;
    }

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

    private static byte[] Decode(string? text, bool encoded)
    {
        try
        {
            return S3UrlEncoding.Decode(text ?? "", encoded);
        }
        catch (FormatException)
        {
            throw Refuse("has text that is not encoded as it says");
        }
    }

    private static UpstreamException Refuse(string why) =>
        new(UpstreamCause.InvalidAnswer, $"S3's answer {why}.");
}
