using System.Text;
using System.Text.Unicode;
using S3Lister.Functions.Listing;

namespace S3Lister.Functions.Summary;

/// <summary>
/// The token of a summary that is not complete: the ranges that are left. Bound to the query as the token of
/// <c>GET /objects</c> is.
/// </summary>
/// <remarks>
/// Each range is two texts, its position and its end, without the listing's prefix, in order; each text is what it shares
/// with the text before (a number), what is its own (its length, then its bytes). A length is one more than it is, and 0
/// where there is no text, which stands for the beginning or the end of all. After them comes S3's own token (its length,
/// then its bytes; mostly empty), where only that knows how far the listing has come.
/// </remarks>
internal static class SummaryToken
{
    private const byte Version = 3;

    public static string Encode(string bucket, SummaryQuery query, IReadOnlyList<KeyRange> ranges)
    {
        List<byte> bytes = [];
        byte[] before = [];
        foreach (var range in ranges)
        {
            Write(bytes, range.Position, ref before);
            Write(bytes, range.End, ref before);
            var s3Token = Encoding.UTF8.GetBytes(range.CarriedToken ?? "");
            WriteNumber(bytes, s3Token.Length);
            bytes.AddRange(s3Token);
        }

        return SealedToken.Seal(Version, bucket, query.Prefix, query.Delimiter, query.Filter, [.. bytes]);
    }

    /// <summary>Bytes that the ranges take in a token.</summary>
    /// <param name="ranges">In order.</param>
    /// <param name="moved">One of them; null for none.</param>
    /// <param name="position">The position to count for that one.</param>
    /// <param name="s3Token">S3's token to count for that one; null for none.</param>
    public static int Length(IReadOnlyList<KeyRange> ranges, KeyRange? moved = null, byte[]? position = null, string? s3Token = null)
    {
        var length = 0;
        byte[] before = [];
        foreach (var range in ranges)
        {
            var (at, carried) = range == moved ? (position, s3Token) : (range.Position, range.CarriedToken);
            var bytes = Encoding.UTF8.GetByteCount(carried ?? "");
            length += Measure(at, ref before) + Measure(range.End, ref before) + NumberLength(bytes) + bytes;
        }

        return length;
    }

    /// <exception cref="InvalidRequestException">The token is not one that this query's answers made.</exception>
    public static IEnumerable<KeyRange> Decode(string bucket, SummaryQuery query, string token)
    {
        var bytes = SealedToken.Open(Version, bucket, query.Prefix, query.Delimiter, query.Filter, token);
        List<KeyRange> ranges = [];
        byte[] before = [];
        for (var at = 0; at < bytes.Length;)
        {
            // The digest is no signature: ranges that overlap, or that are no text of a key's length, were never ours.
            var isOurs = ranges.Count == 0 || ranges[^1].End is not null;
            var position = Read(bytes, ref at, ref before, query.LongestKey);
            isOurs &= position is not null || ranges.Count == 0;
            ranges.Add(isOurs
                ? new(position, Read(bytes, ref at, ref before, query.LongestKey), ReadS3Token(bytes, ref at))
                : throw InvalidRequestException.ContinuationToken());
        }

        return ranges;
    }

    private static int Measure(byte[]? text, ref byte[] before)
    {
        if (text is null)
        {
            return 1;
        }

        var shared = before.AsSpan().CommonPrefixLength(text);
        before = text;
        return NumberLength(text.Length - shared + 1) + NumberLength(shared) + text.Length - shared;
    }

    private static void Write(List<byte> bytes, byte[]? text, ref byte[] before)
    {
        if (text is null)
        {
            bytes.Add(0);
            return;
        }

        var shared = before.AsSpan().CommonPrefixLength(text);
        WriteNumber(bytes, text.Length - shared + 1);
        WriteNumber(bytes, shared);
        bytes.AddRange(text.AsSpan(shared));
        before = text;
    }

    private static byte[]? Read(byte[] bytes, ref int at, ref byte[] before, int longest)
    {
        var length = ReadNumber(bytes, ref at) - 1;
        if (length < 0)
        {
            return null;
        }

        var shared = ReadNumber(bytes, ref at);
        if (shared > before.Length || length > bytes.Length - at || shared + length > longest)
        {
            throw InvalidRequestException.ContinuationToken();
        }

        byte[] text = [.. before.AsSpan(0, shared), .. bytes.AsSpan(at, length)];
        if (!Utf8.IsValid(text) || text.AsSpan().SequenceCompareTo(before) < 0)
        {
            throw InvalidRequestException.ContinuationToken();
        }

        at += length;
        return before = text;
    }

    private static string? ReadS3Token(byte[] bytes, ref int at)
    {
        var length = ReadNumber(bytes, ref at);
        if (length > bytes.Length - at || !Utf8.IsValid(bytes.AsSpan(at, length)))
        {
            throw InvalidRequestException.ContinuationToken();
        }

        at += length;
        return length == 0 ? null : Encoding.UTF8.GetString(bytes, at - length, length);
    }

    private static int NumberLength(int number) => number < 0x80 ? 1 : 2;

    /// <summary>Up to 16383 in two bytes, the lower seven bits first.</summary>
    private static void WriteNumber(List<byte> bytes, int number)
    {
        if (number < 0x80)
        {
            bytes.Add((byte)number);
        }
        else
        {
            bytes.Add((byte)(number | 0x80));
            bytes.Add((byte)(number >> 7));
        }
    }

    private static int ReadNumber(byte[] bytes, ref int at)
    {
        if (at >= bytes.Length || (bytes[at] >= 0x80 && at + 1 >= bytes.Length))
        {
            throw InvalidRequestException.ContinuationToken();
        }

        var number = (int)bytes[at++];
        return number < 0x80 ? number : (number & 0x7F) | (bytes[at++] << 7);
    }
}
