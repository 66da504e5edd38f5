using System.Net;

namespace S3Lister.Local.Tests.Gateway;

/// <summary>What becomes of a function's response.</summary>
public sealed class ResponseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Envelope_Becomes_Status_Headers_Cookies_And_Body()
    {
        await using var gateway = await TestGateway.StartAsync();

        using var response = await gateway.ReplyAsync("""
            {
              "statusCode": 418,
              "headers": { "Content-Type": "text/csv", "X-Text": "é", "x-number": 1, "x-flag": true, "Content-Length": "999" },
              "cookies": [ "a=1; Path=/", "b=2" ],
              "body": "x,y\n"
            }
            """);

        Assert.Equal(418, (int)response.StatusCode);
        Assert.Equal("text/csv", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(4, response.Content.Headers.ContentLength);
        Assert.Equal("1", Assert.Single(response.Headers.GetValues("x-number")));
        Assert.Equal("true", Assert.Single(response.Headers.GetValues("x-flag")), ignoreCase: true);
        Assert.Equal(["a=1; Path=/", "b=2"], response.Headers.GetValues("set-cookie"));
        Assert.Matches("^[A-Za-z0-9-]{15}=$", Assert.Single(response.Headers.GetValues("apigw-requestid")));
        Assert.Equal("x,y\n", await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Theory]
    [InlineData("""{"statusCode":200}""", "", "text/plain; charset=utf-8")]
    [InlineData("""{"statusCode":200,"body":null,"headers":null,"cookies":null}""", "", "text/plain; charset=utf-8")]
    [InlineData("""{"statusCode":200,"body":"a"}""", "a", "text/plain; charset=utf-8")]
    [InlineData("""{"statusCode":200,"body":"/w==","isBase64Encoded":false}""", "/w==", "text/plain; charset=utf-8")]
    [InlineData("""{"a":1}""", """{"a":1}""", "application/json")]
    [InlineData("""{"body":"a"}""", """{"body":"a"}""", "application/json")]
    [InlineData("[1,2]", "[1,2]", "application/json")]
    [InlineData("\"text \\\"x\\\"\"", "text \"x\"", "application/json")]
    [InlineData("42", "42", "application/json")]
    [InlineData("{not json", "{not json", "application/json")]
    public async Task Format_Is_Inferred(string reply, string body, string contentType)
    {
        await using var gateway = await TestGateway.StartAsync();

        using var response = await gateway.ReplyAsync(reply);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.ContentType!.ToString());
        Assert.Equal(body, await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Theory]
    [InlineData("""{"statusCode":"200"}""")]
    [InlineData("""{"statusCode":200.5}""")]
    [InlineData("""{"statusCode":1000}""")]
    [InlineData("""{"statusCode":null}""")]
    [InlineData("""{"statusCode":200,"body":{"a":1}}""")]
    [InlineData("""{"statusCode":200,"headers":["a"]}""")]
    [InlineData("""{"statusCode":200,"headers":{"a":["b"]}}""")]
    [InlineData("""{"statusCode":200,"headers":{"a b":"c"}}""")]
    [InlineData("""{"statusCode":200,"headers":{"a":"b\r\nc: d"}}""")]
    [InlineData("""{"statusCode":200,"cookies":"a=1"}""")]
    [InlineData("""{"statusCode":200,"body":"not base64!","isBase64Encoded":true}""")]
    public async Task Malformed_Envelope_Is_An_Internal_Server_Error(string reply)
    {
        await using var gateway = await TestGateway.StartAsync();

        using var response = await gateway.ReplyAsync(reply);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("""{"message":"Internal Server Error"}""", await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Base64_Body_Is_Decoded()
    {
        await using var gateway = await TestGateway.StartAsync();

        using var response = await gateway.ReplyAsync(
            """{"statusCode":200,"headers":{"content-encoding":"x"},"body":"/wD+","isBase64Encoded":true}""");

        Assert.Equal([0xff, 0, 0xfe], await response.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task Head_And_Not_Modified_Have_No_Body()
    {
        await using var gateway = await TestGateway.StartAsync();

        using var headRequest = new HttpRequestMessage(HttpMethod.Head, $"{gateway.Url}/open");
        using var getOnlyRequest = new HttpRequestMessage(HttpMethod.Head, $"{gateway.Url}/only/get");
        using var head = await gateway.Client.SendAsync(headRequest, Cancellation);
        using var notModified = await gateway.ReplyAsync("""{"statusCode":304,"headers":{"etag":"\"a\""},"body":"x"}""");
        using var notRouted = await gateway.Client.SendAsync(getOnlyRequest, Cancellation);

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.True(head.Content.Headers.ContentLength > 100);
        Assert.Equal(HttpStatusCode.NotModified, notModified.StatusCode);
        Assert.Equal("\"a\"", notModified.Headers.ETag!.Tag);
        Assert.Equal(HttpStatusCode.NotFound, notRouted.StatusCode);
    }
}
