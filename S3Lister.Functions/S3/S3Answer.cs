using System.Text;
using System.Text.Unicode;
using Amazon.S3.Model;

namespace S3Lister.Functions.S3;

/// <summary>Turns an answer of S3 into a page, or refuses it: a status of 200 alone makes no listing.</summary>
internal static class S3Answer
{
    /// <param name="asked">The request.</param>
    /// <param name="body">What S3 answered; it belongs to the page, and is given back where there is none.</param>
    /// <param name="after">The last entry of the page before, which this page's entries come after; empty for none.</param>
    /// <exception cref="UpstreamException">It is not the listing asked for.</exception>
    public static S3Page Check(ListObjectsV2Request asked, AnswerBody body, ReadOnlySpan<byte> after)
    {
#pragma warning disable CA2000 // The page that is returned owns it.
        var answer = Read(body, asked.MaxKeys.GetValueOrDefault());
#pragma warning restore CA2000
        try
        {
            return Check(asked, answer, after);
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    private static ListBucketResult Read(AnswerBody body, int entries)
    {
        try
        {
            return ListBucketResult.Read(body, entries);
        }
        catch (FormatException e)
        {
            throw Refuse($"cannot be read: {e.Message}", e);
        }
    }

    private static S3Page Check(ListObjectsV2Request asked, ListBucketResult answer, ReadOnlySpan<byte> after)
    {
        var text = answer.Text;
        if (answer is not { Name: { } name, IsTruncated: { } truncated })
        {
            throw Refuse("has no Name or no IsTruncated");
        }

        var encoded = answer.EncodingType is { } encoding && encoding.In(text).SequenceEqual("url"u8);
        CheckEcho("Name", asked.BucketName, name, text, encoded: false);
        CheckEcho("Prefix", asked.Prefix, answer.Prefix, text, encoded);
        CheckEcho("Delimiter", asked.Delimiter, answer.Delimiter, text, encoded);
        CheckEcho("StartAfter", asked.StartAfter, answer.StartAfter, text, encoded);
        if (answer.MaxKeys != asked.MaxKeys)
        {
            throw Refuse("echoes another MaxKeys");
        }

        var token = truncated && answer.NextContinuationToken is { } next ? Encoding.UTF8.GetString(next.In(text)) : null;
        if (truncated && (string.IsNullOrEmpty(token) || token == asked.ContinuationToken))
        {
            throw Refuse("is truncated without a token that leads on");
        }

        var prefix = Encoding.UTF8.GetBytes(asked.Prefix);
        after = asked.StartAfter is null ? after : Encoding.UTF8.GetBytes(asked.StartAfter);
        CheckContents(answer, encoded, prefix, after);
        CheckCommonPrefixes(answer, encoded, prefix, Encoding.UTF8.GetBytes(asked.Delimiter ?? ""), after);

        S3Page page = new(answer, token);
        return page.Count > asked.MaxKeys ? throw Refuse("has more entries than were asked for")
            : page.Count < answer.KeyCount ? throw Refuse("counts more entries than it has")
            : page;
    }

    private static void CheckContents(ListBucketResult answer, bool encoded, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> after)
    {
        var text = answer.Text;
        foreach (ref var row in answer.Contents)
        {
            if (row.Key.Length == 0 || row.Size < 0 || row.LastModified == 0)
            {
                throw Refuse("has an object without Key, Size or LastModified");
            }

            row = row with { Key = Decode(text, row.Key, encoded) };
            ReadOnlySpan<byte> key = row.Key.In(text);
            if (!key.StartsWith(prefix) || key.SequenceCompareTo(after) <= 0)
            {
                throw Refuse("has a key that is not under the prefix or not in order");
            }

            if (!Utf8.IsValid(row.ETag.In(text)) || !Utf8.IsValid(row.StorageClass.In(text)) || !Utf8.IsValid(row.ChecksumAlgorithms.In(text)))
            {
                throw Refuse("has text that is not encoded as it says");
            }

            after = key;
        }
    }

    /// <remarks>
    /// The first may hold the place that the page begins after: some S3-compatible stores give the last one of a page
    /// again, or the one that start-after lies in.
    /// </remarks>
    private static void CheckCommonPrefixes(
        ListBucketResult answer, bool encoded, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> delimiter, ReadOnlySpan<byte> after)
    {
        var text = answer.Text;
        var isFirst = true;
        foreach (ref var range in answer.CommonPrefixes)
        {
            range = Decode(text, range, encoded);
            ReadOnlySpan<byte> commonPrefix = range.In(text);
            if (delimiter.Length == 0
                || commonPrefix.Length < prefix.Length + delimiter.Length
                || !commonPrefix.StartsWith(prefix)
                || !commonPrefix.EndsWith(delimiter))
            {
                throw Refuse("has a common prefix that is none of the prefix and the delimiter");
            }

            if (commonPrefix.SequenceCompareTo(after) <= 0 && !(isFirst && after.StartsWith(commonPrefix)))
            {
                throw Refuse("has a common prefix that is not in order");
            }

            after = commonPrefix;
            isFirst = false;
        }
    }

    /// <remarks>Some S3-compatible stores encode the keys and leave what they echo as it was asked.</remarks>
    private static void CheckEcho(string field, string? asked, TextRange? echo, Span<byte> text, bool encoded)
    {
        var expected = Encoding.UTF8.GetBytes(asked ?? "");
        var echoed = echo.GetValueOrDefault();
        if (!echoed.In(text).SequenceEqual(expected)
            && !Decode(text, echoed, encoded).In(text).SequenceEqual(expected))
        {
            throw Refuse($"echoes another {field}");
        }
    }

    private static TextRange Decode(Span<byte> text, TextRange range, bool encoded)
    {
        var bytes = text.Slice(range.Start, range.Length);
        var length = encoded ? S3UrlEncoding.DecodeInPlace(bytes) : range.Length;
        return length >= 0 && Utf8.IsValid(bytes[..length])
            ? range with { Length = length }
            : throw Refuse("has text that is not encoded as it says");
    }

    private static UpstreamException Refuse(string why, Exception? inner = null) =>
        new(UpstreamCause.InvalidAnswer, $"S3's answer {why.TrimEnd('.')}.", inner);
}
