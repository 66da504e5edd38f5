using System.Text;
using CsCheck;
using S3Lister.Functions.Objects;
using S3Lister.Functions.Query;

namespace S3Lister.Tests.Functions.Objects;

public sealed class ContinuationTokenTests
{
    private const string Bucket = "example-bucket";
    private static readonly ListObjectsQuery Query = new("logs/", "/", null, 1000, null);

    [Fact]
    public void Token_Is_Decoded_To_What_Was_Encoded() =>
        Gen.Select(Gen.String[1, 200], Gen.String[0, 200], Gen.Bool).Sample((s3Token, rest, hasLast) =>
        {
            // S3 cannot send lone surrogates.
            s3Token = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(s3Token));
            var last = hasLast ? Encoding.UTF8.GetBytes(Query.Prefix + rest) : [];
            var token = ContinuationToken.Encode(Bucket, Query, last, s3Token);
            var decoded = ContinuationToken.Decode(Bucket, Query, token);

            Assert.Equal(s3Token, decoded.S3Token);
            Assert.Equal(last, decoded.Last);
            Assert.DoesNotContain(token, character => !char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_'));
        });

    [Fact]
    public void Token_Is_Accepted_With_Another_Page_Size()
    {
        var token = Encode(Query, "s3");

        Assert.Equal("s3", ContinuationToken.Decode(Bucket, Query with { MaxKeys = 5 }, token).S3Token);
    }

    [Fact]
    public void Token_Of_Another_Bucket_Prefix_Or_Delimiter_Is_Refused()
    {
        var token = Encode(Query, "s3");

        Refuses("another-bucket", Query, token);
        Refuses(Bucket, Query with { Prefix = "" }, token);
        Refuses(Bucket, Query with { Prefix = "logs" }, token);
        Refuses(Bucket, Query with { Delimiter = null }, token);
        Refuses(Bucket, Query with { Delimiter = "-" }, token);
        Refuses(Bucket, Query with { Prefix = "logs", Delimiter = "//" }, token);
    }

    [Fact]
    public void Token_Of_Another_End_Is_Refused()
    {
        var bounded = Query with { EndBefore = "logs/b" };
        var token = Encode(bounded, "s3");

        Assert.Equal("s3", ContinuationToken.Decode(Bucket, bounded, token).S3Token);
        Refuses(Bucket, Query, token);
        Refuses(Bucket, Query with { EndBefore = "logs/c" }, token);
        Refuses(Bucket, bounded, Encode(Query, "s3"));
    }

    [Fact]
    public void Token_Is_Refused_When_Characters_Move_From_The_Prefix_To_The_Delimiter()
    {
        // Concatenated, prefix and delimiter are the same text in both queries.
        var token = Encode(new("a\0\0\0\0b", "", null, 1000, null), "s3");

        Refuses(Bucket, new("a", "b\0\0\0\0", null, 1000, null), token);
    }

    public static TheoryData<string, string> OtherFilters => new()
    {
        { "include=a", "include=b" },
        { "exclude=a", "exclude=b" },
        { "exclude=a", "include=a" },
        { "min-size=1", "min-size=2" },
        { "max-size=1", "max-size=2" },
        { "max-size=1", "min-size=1" },
        { "modified-after=2026-01-01T00:00:00Z", "modified-after=2026-01-01T00:00:01Z" },
        { "modified-before=2026-01-01T00:00:00Z", "modified-before=2026-01-01T00:00:01Z" },
        { "modified-before=2026-01-01T00:00:00Z", "modified-after=2026-01-01T00:00:00Z" },
        { "storage-class=STANDARD", "storage-class=GLACIER" },
    };

    [Theory]
    [MemberData(nameof(OtherFilters))]
    public void Token_Of_Another_Filter_Is_Refused(string filter, string other)
    {
        var token = Encode(Filtered(filter), "s3");

        Assert.Equal("s3", ContinuationToken.Decode(Bucket, Filtered(filter), token).S3Token);
        Refuses(Bucket, Filtered(other), token);
        Refuses(Bucket, Query, token);
        Refuses(Bucket, Filtered(filter), Encode(Query, "s3"));
    }

    [Theory]
    [InlineData("storage-class=STANDARD,GLACIER", "storage-class=GLACIER,STANDARD,GLACIER")]
    [InlineData("min-size=1024", "min-size=1KiB")]
    [InlineData("modified-after=2026-01-01T00:00:00Z", "modified-after=2026-01-01T01:00:00%2B01:00")]
    public void Token_Is_Accepted_With_An_Equivalent_Filter(string filter, string same) => Assert.Equal(
        "s3", ContinuationToken.Decode(Bucket, Filtered(same), Encode(Filtered(filter), "s3")).S3Token);

    [Theory]
    [InlineData("")]
    [InlineData("logs/")]
    [InlineData("logs/2026/")]
    public void Token_Of_S3_May_Be_As_Long_As_Ours_Has_Room_For(string last)
    {
        var utf8 = Encoding.UTF8.GetBytes(last);
        var longest = new string('t', 2000);
        while (ContinuationToken.Fits(Query, utf8, $"{longest}t"))
        {
            longest = $"{longest}t";
        }

        var token = ContinuationToken.Encode(Bucket, Query, utf8, longest);

        Assert.InRange(token.Length, 6000, 6144);
        Assert.Equal(longest, ContinuationToken.Decode(Bucket, Query, token).S3Token);
    }

    [Fact]
    public void Token_Is_Refused_When_Its_Last_Entry_Is_Longer_Than_A_Key() =>
        Refuses(Bucket, Query, ContinuationToken.Encode(Bucket, Query, Encoding.UTF8.GetBytes(Query.Prefix + new string('k', 1020)), "s3"));

    [Fact]
    public void Token_Is_Refused_When_It_Contains_No_Token_Of_S3() =>
        Refuses(Bucket, Query, Encode(Query, ""));

    [Fact]
    public void Token_Is_Refused_When_Any_Of_Its_Characters_Is_Changed()
    {
        var token = Encode(Query, "1ueGcxLPRx1Tr/XYExHnhbYLgveDs2J/wm36Hy4vbOwM=");

        for (var i = 0; i < token.Length; i++)
        {
            Refuses(Bucket, Query, $"{token[..i]}{(token[i] == 'x' ? 'y' : 'x')}{token[(i + 1)..]}");
            Refuses(Bucket, Query, token[..i]);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("not a token")]
    [InlineData("AAAA")]
    [InlineData("1ueGcxLPRx1Tr/XYExHnhbYLgveDs2J/wm36Hy4vbOwM=")]
    public void Token_Is_Refused_When_It_Is_Malformed(string token) => Refuses(Bucket, Query, token);

    [Fact]
    public void Token_Is_Refused_When_It_Is_Longer_Than_Our_Longest() => Refuses(Bucket, Query, new string('A', 100_000));

    private static string Encode(ListObjectsQuery query, string s3Token) => ContinuationToken.Encode(Bucket, query, default, s3Token);

    private static ListObjectsQuery Filtered(string query) => Query with
    {
        Filter = FilterBinder.Bind(QueryString.Parse(query, ListObjectsBinder.Parameters)),
    };

    private static void Refuses(string bucket, ListObjectsQuery query, string token)
    {
        var refusal = Assert.Throws<InvalidRequestException>(() => ContinuationToken.Decode(bucket, query, token));
        Assert.True(refusal.IsContinuationToken);
        Assert.Equal("continuation-token", refusal.Parameter);
        Assert.Matches("^The continuation token .* nextContinuationToken .*[.]$", refusal.Message);
    }
}
