using System.Net;
using S3Lister.Functions.Gateway;
using S3Lister.Listing.Text;

namespace S3Lister.Tests.Functions.Gateway;

public sealed class HttpResultTests
{
    /// <summary>The length of the envelope around a body without escapes.</summary>
    private static readonly int Around = (int)Render(0).Length;

    [Fact]
    public void Response_May_Be_As_Long_As_Lambda_Accepts_And_No_Longer()
    {
        const int Limit = 6_291_556;
        var longest = Render(Limit - Around);

        Assert.Equal(Limit, longest.Length);
        Assert.Throws<InvalidOperationException>(() => Render(Limit - Around + 1));
    }

    [Theory]
    [InlineData(1024, false)]
    [InlineData(1025, true)]
    public void Body_Is_Compressed_When_It_Is_Longer_Than_A_Kibibyte(int length, bool compressed)
    {
        var response = Envelope.Of(new Text(length).Render(new(ContentCoding.Gzip, IsRequired: false), isHead: false));

        Assert.Equal(compressed, response.Headers.ContainsKey("content-encoding"));
        Assert.Equal(new string('a', length), response.Body);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Body_Of_Any_Length_Is_Compressed_When_The_Caller_Does_Not_Accept_Identity(int length)
    {
        var response = Envelope.Of(new Text(length).Render(new(ContentCoding.Gzip, IsRequired: true), isHead: false));

        Assert.Equal("gzip", response.Headers["content-encoding"]);
        Assert.Equal(new string('a', length), response.Body);
    }

    [Fact]
    public void Headers_Are_Written_In_The_Order_Of_Their_Addition()
    {
        var response = Envelope.Of(Render(1, ("x-one", "1"), ("x-two", "\"2\"")));

        Assert.Equal(
            ["content-type", "cache-control", "x-content-type-options", "x-one", "x-two"], response.Headers.Keys);
        Assert.Equal("\"2\"", response.Headers["x-two"]);
    }

    private static RenderedResult Render(int length, params (string Name, string Value)[] headers) =>
        new Text(length, headers).Render(default, isHead: false);

    private sealed class Text : HttpResult
    {
        private readonly int _length;

        public Text(int length, params (string Name, string Value)[] headers)
            : base(HttpStatusCode.OK, "text/plain")
        {
            _length = length;
            Array.ForEach(headers, header => AddHeader(header.Name, header.Value));
        }

        protected override void WriteBody(Utf8Buffer body) => body.Append(Enumerable.Repeat((byte)'a', _length).ToArray());
    }
}
