using System.Text;
using CsCheck;
using S3Lister.Listing.Text;

namespace S3Lister.Tests.Listing.Text;

public sealed class FormEncodingTests
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
    public void Text_Is_Decoded_As_Form_Data(string encoded, string expected) =>
        Assert.Equal(expected, Decode(encoded));

    [Theory]
    [InlineData("%")]
    [InlineData("%4")]
    [InlineData("a%G0")]
    [InlineData("a+b%0")]
    public void Text_Is_Refused_When_It_Is_Malformed(string encoded) =>
        Assert.Equal(-1, FormEncoding.DecodeInPlace(Encoding.UTF8.GetBytes(encoded)));

    [Fact]
    public void Every_Key_Survives_A_Round_Trip() => Gen.String.Sample(text =>
    {
        var whole = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        Assert.Equal(whole, Decode(S3Double.Encode(whole)));
    });

    private static string Decode(string encoded)
    {
        var bytes = Encoding.UTF8.GetBytes(encoded);
        return Encoding.UTF8.GetString(bytes.AsSpan(0, FormEncoding.DecodeInPlace(bytes)));
    }
}
