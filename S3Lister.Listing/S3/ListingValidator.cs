using System.Text;
using System.Text.Unicode;
using Amazon.S3.Model;
using S3Lister.Listing.Text;
using S3Lister.Listing.Xml;

namespace S3Lister.Listing.S3;

/// <summary>Turns an answer of S3 into a page, or refuses it: a status of 200 alone makes no listing.</summary>
internal static class ListingValidator
{
    /// <param name="asked">The request.</param>
    /// <param name="body">What S3 answered; it belongs to the page, and is given back where there is none.</param>
    /// <param name="after">The last entry of the page before, which this page's entries come after; empty for none.</param>
    /// <exception cref="UpstreamException">It is not the listing asked for.</exception>
    public static S3Page Check(ListObjectsV2Request asked, ResponseBuffer body, ReadOnlySpan<byte> after)
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

    private static ListBucketResult Read(ResponseBuffer body, int entries)
    {
        try
        {
            return ListBucketResult.Read(body, entries);
        }
        catch (TruncatedXmlException e)
        {
            throw new UpstreamException(UpstreamCause.Unreachable, "S3's response breaks off.", e);
        }
        catch (FormatException e)
        {
            throw Refuse($"cannot be read: {e.Message}", e);
        }
    }

    private static S3Page Check(ListObjectsV2Request asked, ListBucketResult answer, ReadOnlySpan<byte> after)
    {
        var text = answer.Text;
        if (answer.IsTruncated is not { } truncated)
        {
            throw Refuse("has no IsTruncated"); // A listing that was cut would look whole.
        }

        var encoded = answer.EncodingType is { } encoding && encoding.In(text).SequenceEqual("url"u8);
        CheckEcho("Name", asked.BucketName, answer.Name, text, encoded: false);
        CheckEcho("Prefix", asked.Prefix, answer.Prefix, text, encoded);
        CheckEcho("Delimiter", asked.Delimiter, answer.Delimiter, text, encoded);
        CheckEcho("StartAfter", asked.StartAfter, answer.StartAfter, text, encoded);
        if (answer.MaxKeys is { } maxKeys && (maxKeys < 1 || maxKeys > asked.MaxKeys))
        {
            throw Refuse("echoes another MaxKeys"); // A smaller one is a store with smaller pages.
        }

        var token = truncated && answer.NextContinuationToken is { } next ? Encoding.UTF8.GetString(next.In(text)) : null;
        if (truncated && (string.IsNullOrEmpty(token) || token == asked.ContinuationToken))
        {
            throw Refuse("is truncated without a token that leads on");
        }

        var prefix = Encoding.UTF8.GetBytes(asked.Prefix);
        after = asked.StartAfter is null ? after : Encoding.UTF8.GetBytes(asked.StartAfter);
        var delimiter = Encoding.UTF8.GetBytes(asked.Delimiter ?? "");
        CheckContents(answer, encoded, prefix, delimiter, after, asked.StartAfter is not null);
        CheckCommonPrefixes(answer, encoded, prefix, delimiter, after);

        S3Page page = new(answer, token);
        return page.Count > asked.MaxKeys ? throw Refuse("has more entries than were asked for")
            : IsMiscounted(answer.KeyCount, page) ? throw Refuse("counts other entries than it has")
            : page;
    }

    /// <remarks>Some S3-compatible stores do not count common prefixes.</remarks>
    private static bool IsMiscounted(long? keyCount, S3Page page) => keyCount is { } count && count != page.Count && count != page.Objects;

    private static void CheckContents(
        ListBucketResult answer, bool encoded, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> delimiter, ReadOnlySpan<byte> after,
        bool isStartAfter)
    {
        var text = answer.Text;
        var place = after;
        foreach (ref var row in answer.Contents)
        {
            if (Missing(row) is { } field)
            {
                throw Refuse($"has an object without {field}");
            }

            row = row with { Key = Decode(text, row.Key, encoded) };
            ReadOnlySpan<byte> key = row.Key.In(text);
            if (!key.StartsWith(prefix))
            {
                throw Refuse("has a key that is not under the prefix");
            }

            if (key.SequenceCompareTo(after) <= 0)
            {
                throw Refuse(after != place ? "has keys that are not in order"
                    : isStartAfter ? "has a key that is not after start-after, which the store seems to ignore"
                    : "has a key that is not after the page before");
            }

            if (key.Length > ListingLimits.MaxKeyLength)
            {
                throw Refuse("has a key that is longer than S3's can be");
            }

            if (delimiter.Length > 0 && key[prefix.Length..].IndexOf(delimiter) >= 0)
            {
                throw Refuse("has a key that the delimiter should have grouped");
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
            if (!IsCommonPrefix(commonPrefix, prefix, delimiter))
            {
                throw Refuse("has a common prefix that does not follow from the prefix and the delimiter");
            }

            if (commonPrefix.SequenceCompareTo(after) <= 0 && !(isFirst && after.StartsWith(commonPrefix)))
            {
                throw Refuse("has a common prefix that is not in order");
            }

            after = commonPrefix;
            isFirst = false;
        }
    }

    /// <summary>It ends with the first delimiter after the prefix.</summary>
    private static bool IsCommonPrefix(ReadOnlySpan<byte> commonPrefix, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> delimiter) =>
        delimiter.Length > 0
        && commonPrefix.Length <= ListingLimits.MaxKeyLength
        && commonPrefix.StartsWith(prefix)
        && commonPrefix[prefix.Length..].IndexOf(delimiter) is var at and >= 0
        && prefix.Length + at + delimiter.Length == commonPrefix.Length;

    /// <returns>The field that each object must have and this one has not; null where it has all.</returns>
    private static string? Missing(in ObjectRow row) =>
        row.Key.Length == 0 ? "Key" : row.Size < 0 ? "Size" : row.LastModified == ObjectRow.Absent ? "LastModified" : null;

    /// <remarks>
    /// One that is absent contradicts nothing. Some S3-compatible stores encode the keys and leave what they echo as it was sent.
    /// </remarks>
    private static void CheckEcho(string field, string? asked, TextRange? echo, Span<byte> text, bool encoded)
    {
        if (echo is not { } echoed)
        {
            return;
        }

        var expected = Encoding.UTF8.GetBytes(asked ?? "");
        if (!echoed.In(text).SequenceEqual(expected)
            && !Decode(text, echoed, encoded).In(text).SequenceEqual(expected))
        {
            throw Refuse($"echoes another {field}");
        }
    }

    private static TextRange Decode(Span<byte> text, TextRange range, bool encoded)
    {
        var bytes = text.Slice(range.Start, range.Length);
        var length = encoded ? FormEncoding.DecodeInPlace(bytes) : range.Length;
        return length >= 0 && Utf8.IsValid(bytes[..length])
            ? range with { Length = length }
            : throw Refuse("has text that is not encoded as it says");
    }

    private static UpstreamException Refuse(string why, Exception? inner = null) =>
        new(UpstreamCause.InvalidAnswer, $"S3's response {why.TrimEnd('.')}.", inner);
}
