using System.Text;
using CsCheck;
using S3Lister.Functions.Query;
using S3Lister.Functions.Summary;
using S3Lister.Listing.Ranges;

namespace S3Lister.Tests.Functions.Summary;

public sealed class SummaryTokenTests
{
    private const string Bucket = "example-bucket";

    /// <summary>Bytes of version and digest.</summary>
    private const int HeaderLength = 17;

    private static readonly SummaryQuery Query = new("logs/", null, 10, null);

    [Fact]
    public void Token_Contains_The_Ranges_And_Has_The_Calculated_Length() =>
        Gen.Select(Gen.String[Gen.Char['a', 'd'], 0, 300].Array[2, 20], Gen.Bool, Gen.Bool).Sample((texts, fromTheBeginning, toTheEnd) =>
        {
            Array.Sort(texts, StringComparer.Ordinal);
            var ranges = texts.Chunk(2).Where(pair => pair.Length == 2)
                .Select(pair => (Encoding.UTF8.GetBytes(pair[0]), Encoding.UTF8.GetBytes(pair[1])))
                .Select((pair, index) => new KeyRange(
                    fromTheBeginning && index == 0 ? null : pair.Item1, toTheEnd && index == (texts.Length / 2) - 1 ? null : pair.Item2))
                .ToList();

            var token = SummaryToken.Encode(Bucket, Query, ranges);

            Assert.Equal(
                ranges.Select(range => (range.Position, range.End)),
                SummaryToken.Decode(Bucket, Query, token).Select(range => (range.Position, range.End)),
                (left, right) => Same(left.Position, right.Position) && Same(left.End, right.End));
            Assert.Equal(RangeEncoding.Length(ranges), (token.Length * 3 / 4) - HeaderLength);
        });

    [Fact]
    public void Token_Contains_S3s_Token_When_The_Position_Alone_Would_Repeat_Pages()
    {
        KeyRange ahead = new("a"u8.ToArray(), "b"u8.ToArray());
        KeyRange skipping = new("b"u8.ToArray(), null);
        skipping.SkipEmptyPage("s3 token", isCarried: true);

        var token = SummaryToken.Encode(Bucket, Query, [ahead, skipping]);
        var decoded = SummaryToken.Decode(Bucket, Query, token).ToList();

        Assert.Equal([null, "s3 token"], decoded.Select(range => range.Token));
        Assert.Equal([false, true], decoded.Select(range => range.IsTokenFromCaller));
        Assert.Equal(RangeEncoding.Length(decoded), (token.Length * 3 / 4) - HeaderLength);
        Assert.Equal(token, SummaryToken.Encode(Bucket, Query, decoded));
    }

    /// <summary>The digest is not a secret, so a caller can make a token. An invalid one must be a 400, not a 500.</summary>
    [Theory]
    [InlineData("b", "a")]
    [InlineData("a", null, "b", "c")]
    [InlineData("a", "b", null, "c")]
    [InlineData("a\uD800", "b")]
    public void Token_Is_Refused_When_Its_Ranges_Are_Invalid(params string?[] texts)
    {
        List<byte> content = [];
        var written = 0;
        foreach (var text in texts)
        {
            // The three bytes of a lone surrogate, which are not valid UTF-8.
            var bytes = text is null ? null : text.SelectMany(character => character < 0x80 ? [(byte)character] : (byte[])[0xED, 0xA0, 0x80]).ToArray();
            content.AddRange(bytes is null ? [0] : [(byte)(bytes.Length + 1), 0, .. bytes]);
            if (++written % 2 == 0)
            {
                content.Add(0); // No token of S3.
            }
        }

        var token = SealedToken.Seal(3, Bucket, Query.Prefix, Query.Delimiter, Query.Filter, [.. content]);

        Assert.True(Assert.Throws<InvalidRequestException>(() => SummaryToken.Decode(Bucket, Query, token)).IsContinuationToken);
    }

    [Theory]
    [InlineData(1019, true)]
    [InlineData(1020, false)]
    public void Token_Is_Refused_When_A_Text_With_The_Prefix_Is_Longer_Than_A_Key(int length, bool isTaken)
    {
        var token = SummaryToken.Encode(Bucket, Query, [new KeyRange(new byte[length], null)]);

        var refusal = Record.Exception(() => SummaryToken.Decode(Bucket, Query, token));

        Assert.Equal(isTaken, refusal is null);
        Assert.True(refusal is null or InvalidRequestException { IsContinuationToken: true });
    }

    private static bool Same(byte[]? left, byte[]? right) =>
        (left is null) == (right is null) && left.AsSpan().SequenceEqual(right);
}
