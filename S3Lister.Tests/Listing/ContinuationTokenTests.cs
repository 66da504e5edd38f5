using CsCheck;
using S3Lister.Functions.Listing;

namespace S3Lister.Tests.Listing;

public sealed class ContinuationTokenTests
{
    private const string Bucket = "example-bucket";
    private static readonly ListObjectsQuery Query = new("logs/", "/", null, 1000, null);

    [Fact]
    public void Token_Gives_Back_What_It_Was_Made_Of() =>
        Gen.Select(Gen.String[1, 200], Gen.ULong).Sample((s3Token, fold) =>
        {
            // Lone surrogates are no text that S3 could have sent.
            s3Token = System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(s3Token));
            var token = ContinuationToken.Encode(Bucket, Query, s3Token, fold);

            Assert.Equal((s3Token, fold), ContinuationToken.Decode(Bucket, Query, token));
            Assert.DoesNotContain(token, character => !char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_'));
        });

    [Fact]
    public void Token_Serves_Another_Page_Size()
    {
        var token = ContinuationToken.Encode(Bucket, Query, "s3", 7);

        Assert.Equal(("s3", 7UL), ContinuationToken.Decode(Bucket, Query with { MaxKeys = 5 }, token));
    }

    [Fact]
    public void Token_Of_Another_Bucket_Prefix_Or_Delimiter_Is_Refused()
    {
        var token = ContinuationToken.Encode(Bucket, Query, "s3", 0);

        Refuses("another-bucket", Query, token);
        Refuses(Bucket, Query with { Prefix = "" }, token);
        Refuses(Bucket, Query with { Prefix = "logs" }, token);
        Refuses(Bucket, Query with { Delimiter = null }, token);
        Refuses(Bucket, Query with { Delimiter = "-" }, token);
        Refuses(Bucket, Query with { Prefix = "logs", Delimiter = "//" }, token);
    }

    [Fact]
    public void Token_Is_Refused_When_Any_Character_Of_It_Is_Changed()
    {
        var token = ContinuationToken.Encode(Bucket, Query, "1ueGcxLPRx1Tr/XYExHnhbYLgveDs2J/wm36Hy4vbOwM=", 1);

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
    public void Token_Is_Refused_When_It_Is_Not_Of_Ours(string token) => Refuses(Bucket, Query, token);

    [Fact]
    public void Token_Is_Refused_When_It_Is_Longer_Than_Any_Of_Ours() => Refuses(Bucket, Query, new string('A', 100_000));

    [Fact]
    public void Fold_Tells_Common_Prefixes_Apart_And_Zero_Is_None()
    {
        Assert.Equal(0UL, ContinuationToken.Fold([]));
        Assert.NotEqual(0UL, ContinuationToken.Fold("a/"u8));
        Assert.NotEqual(ContinuationToken.Fold("a/"u8), ContinuationToken.Fold("b/"u8));
    }

    private static void Refuses(string bucket, ListObjectsQuery query, string token)
    {
        var refusal = Assert.Throws<InvalidRequestException>(() => ContinuationToken.Decode(bucket, query, token));
        Assert.True(refusal.IsContinuationToken);
        Assert.Equal("continuation-token", refusal.Parameter);
    }
}
