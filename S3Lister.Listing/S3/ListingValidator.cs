using System.Text;
using System.Text.Unicode;
using Amazon.S3.Model;
using S3Lister.Listing.Text;
using S3Lister.Listing.Xml;

namespace S3Lister.Listing.S3;

/// <summary>
/// Turns S3's response into a page if it is the listing that was requested. A status of 200 alone does not say so.
/// </summary>
internal static class ListingValidator
{
    /// <param name="body">S3's response. The page owns it; it is disposed of when this method throws.</param>
    /// <param name="after">The last entry of the page before, after which this page's entries must be; empty for none.</param>
    /// <exception cref="UpstreamException">The response is not the listing that was requested.</exception>
    public static S3Page Check(ListObjectsV2Request request, Utf8Buffer body, ReadOnlySpan<byte> after)
    {
#pragma warning disable CA2000 // The page owns it.
        var result = Read(body, request.MaxKeys.GetValueOrDefault());
#pragma warning restore CA2000
        try
        {
            return Check(request, result, after);
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    private static ListBucketResult Read(Utf8Buffer body, int maxEntries)
    {
        try
        {
            return ListBucketResult.Read(body, maxEntries);
        }
        catch (TruncatedXmlException e)
        {
            throw new UpstreamException(UpstreamCause.Unreachable, "S3's response is incomplete.", e);
        }
        catch (FormatException e)
        {
            throw Invalid($"cannot be read: {e.Message}", e);
        }
    }

    private static S3Page Check(ListObjectsV2Request request, ListBucketResult result, ReadOnlySpan<byte> after)
    {
        var text = result.Text;
        if (result.IsTruncated is not { } truncated)
        {
            throw Invalid("has no IsTruncated"); // A truncated listing would look complete.
        }

        var encoded = result.EncodingType is { } encoding && encoding.In(text).SequenceEqual("url"u8);
        CheckEcho("Name", request.BucketName, result.Name, text, encoded: false);
        CheckEcho("Prefix", request.Prefix, result.Prefix, text, encoded);
        CheckEcho("Delimiter", request.Delimiter, result.Delimiter, text, encoded);
        CheckEcho("StartAfter", request.StartAfter, result.StartAfter, text, encoded);
        if (result.MaxKeys is { } maxKeys && (maxKeys < 1 || maxKeys > request.MaxKeys))
        {
            throw Invalid("echoes another MaxKeys"); // A store with smaller pages returns a smaller one.
        }

        var token = truncated && result.NextContinuationToken is { } next ? Encoding.UTF8.GetString(next.In(text)) : null;
        if (truncated && (string.IsNullOrEmpty(token) || token == request.ContinuationToken))
        {
            throw Invalid("is truncated without a token for the next page");
        }

        var prefix = Encoding.UTF8.GetBytes(request.Prefix);
        after = request.StartAfter is null ? after : Encoding.UTF8.GetBytes(request.StartAfter);
        var delimiter = Encoding.UTF8.GetBytes(request.Delimiter ?? "");
        CheckContents(result, encoded, prefix, delimiter, after, request.StartAfter is not null);
        CheckCommonPrefixes(result, encoded, prefix, delimiter, after);

        S3Page page = new(result, token);
        return page.Count > request.MaxKeys ? throw Invalid("has more entries than requested")
            : IsMiscounted(result.KeyCount, page) ? throw Invalid("has a KeyCount that differs from its number of entries")
            : page;
    }

    /// <remarks>Some S3-compatible stores do not count common prefixes.</remarks>
    private static bool IsMiscounted(long? keyCount, S3Page page) => keyCount is { } count && count != page.Count && count != page.ObjectCount;

    private static void CheckContents(
        ListBucketResult result, bool encoded, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> delimiter, ReadOnlySpan<byte> after,
        bool isStartAfter)
    {
        var text = result.Text;
        var start = after;
        foreach (ref var row in result.Contents)
        {
            if (MissingField(row) is { } field)
            {
                throw Invalid($"has an object without {field}");
            }

            row = row with { Key = Decode(text, row.Key, encoded) };
            ReadOnlySpan<byte> key = row.Key.In(text);
            if (!key.StartsWith(prefix))
            {
                throw Invalid("has a key that is not under the prefix");
            }

            if (key.SequenceCompareTo(after) <= 0)
            {
                throw Invalid(after != start ? "has keys that are not in order"
                    : isStartAfter ? "has a key that is not after start-after, which the store seems to ignore"
                    : "has a key that is not after the page before");
            }

            if (key.Length > ListingLimits.MaxKeyLength)
            {
                throw Invalid("has a key that is longer than S3's limit");
            }

            if (delimiter.Length > 0 && key[prefix.Length..].IndexOf(delimiter) >= 0)
            {
                throw Invalid("has a key that the delimiter should have grouped");
            }

            if (!Utf8.IsValid(row.ETag.In(text)) || !Utf8.IsValid(row.StorageClass.In(text)) || !Utf8.IsValid(row.ChecksumAlgorithms.In(text)))
            {
                throw Invalid("has text that is not encoded as declared");
            }

            after = key;
        }
    }

    /// <remarks>
    /// The first one may contain the key after which the page begins: some S3-compatible stores repeat the last common prefix
    /// of a page, or return the one that contains start-after.
    /// </remarks>
    private static void CheckCommonPrefixes(
        ListBucketResult result, bool encoded, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> delimiter, ReadOnlySpan<byte> after)
    {
        var text = result.Text;
        var isFirst = true;
        foreach (ref var range in result.CommonPrefixes)
        {
            range = Decode(text, range, encoded);
            ReadOnlySpan<byte> commonPrefix = range.In(text);
            if (!IsCommonPrefix(commonPrefix, prefix, delimiter))
            {
                throw Invalid("has a common prefix that does not follow from the prefix and the delimiter");
            }

            if (commonPrefix.SequenceCompareTo(after) <= 0 && !(isFirst && after.StartsWith(commonPrefix)))
            {
                throw Invalid("has a common prefix that is not in order");
            }

            after = commonPrefix;
            isFirst = false;
        }
    }

    /// <summary>Whether the text ends with the first delimiter after the prefix.</summary>
    private static bool IsCommonPrefix(ReadOnlySpan<byte> commonPrefix, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> delimiter) =>
        delimiter.Length > 0
        && commonPrefix.Length <= ListingLimits.MaxKeyLength
        && commonPrefix.StartsWith(prefix)
        && commonPrefix[prefix.Length..].IndexOf(delimiter) is var at and >= 0
        && prefix.Length + at + delimiter.Length == commonPrefix.Length;

    /// <returns>A required field that the object lacks; null if it has all.</returns>
    private static string? MissingField(in ObjectRow row) =>
        row.Key.Length == 0 ? "Key" : row.Size < 0 ? "Size" : row.LastModified == ObjectRow.Absent ? "LastModified" : null;

    /// <remarks>
    /// An absent field is accepted. Some S3-compatible stores encode the keys, but echo parameters as they were sent.
    /// </remarks>
    private static void CheckEcho(string field, string? sent, TextRange? echo, Span<byte> text, bool encoded)
    {
        if (echo is not { } echoed)
        {
            return;
        }

        var expected = Encoding.UTF8.GetBytes(sent ?? "");
        if (!echoed.In(text).SequenceEqual(expected)
            && !Decode(text, echoed, encoded).In(text).SequenceEqual(expected))
        {
            throw Invalid($"echoes another {field}");
        }
    }

    private static TextRange Decode(Span<byte> text, TextRange range, bool encoded)
    {
        var bytes = text.Slice(range.Start, range.Length);
        var length = encoded ? FormEncoding.DecodeInPlace(bytes) : range.Length;
        return length >= 0 && Utf8.IsValid(bytes[..length])
            ? range with { Length = length }
            : throw Invalid("has text that is not encoded as declared");
    }

    private static UpstreamException Invalid(string reason, Exception? inner = null) =>
        new(UpstreamCause.InvalidAnswer, $"S3's response {reason.TrimEnd('.')}.", inner);
}
