using System.Text;
using CsCheck;
using S3Lister.Functions.Listing;
using S3Lister.Tests.Support;

namespace S3Lister.Tests.Listing;

public sealed class S3UrlEncodingTests
{
    [Theory]
    [InlineData("plain/key.txt", "plain/key.txt")]
    [InlineData("a+b", "a b")]
    [InlineData("a%2Bb", "a+b")]
    [InlineData("a%2bb", "a+b")]
    [InlineData("100%25", "100%")]
    [InlineData("%01%0A%7F", "\u0001\n\u007f")]
    [InlineData("%F0%9F%98%80", "😀")]
    [InlineData("%EE%80%80", "\ue000")]
    public void Text_Is_Decoded_As_A_Form_Is(string encoded, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(S3UrlEncoding.Decode(encoded, encoded: true)));

    [Theory]
    [InlineData("%")]
    [InlineData("%4")]
    [InlineData("a%G0")]
    [InlineData("%FF")]
    [InlineData("%ED%A0%80")]
    public void Text_Is_Refused_When_It_Is_No_Encoding_Of_Utf8(string encoded) =>
        Assert.Throws<FormatException>(() => S3UrlEncoding.Decode(encoded, encoded: true));

    [Fact]
    public void Text_Is_Left_Alone_When_The_Answer_Says_No_Encoding() =>
        Assert.Equal("a%2Bb+c"u8.ToArray(), S3UrlEncoding.Decode("a%2Bb+c", encoded: false));

    [Fact]
    public void Every_Key_Comes_Back() => Gen.String.Sample(text =>
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        Assert.Equal(utf8, S3UrlEncoding.Decode(S3Double.Encode(Encoding.UTF8.GetString(utf8)), encoded: true));
    });
}
