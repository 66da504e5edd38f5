using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace S3Lister.Local.Tests.Gateway;

/// <summary>The event of payload format 2.0, as the function receives it.</summary>
public sealed class PayloadTests
{
    [Fact]
    public async Task Signed_Get_Is_An_Event_With_Every_Field()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var gateway = await TestGateway.StartAsync(options => options with { TimeProvider = clock });

        var response = await Curl.SignedAsync(
            $"{gateway.Url}/iam/a-key?a=1&a=2&b=x%20y", more: ["--user-agent", "test/1.0"]);

        var payload = response.Json.AsObject();
        Assert.Equal(
            ["version", "routeKey", "rawPath", "rawQueryString", "headers", "queryStringParameters", "requestContext", "pathParameters", "isBase64Encoded"],
            payload.Select(field => field.Key));
        var headers = payload["headers"]!.AsObject();
        Assert.Equal("0", (string?)headers["content-length"]);
        Assert.Equal("127.0.0.1", (string?)headers["x-forwarded-for"]);
        Assert.Equal("http", (string?)headers["x-forwarded-proto"]);
        Assert.Equal(new Uri(gateway.Url).Port.ToString(null, null), (string?)headers["x-forwarded-port"]);
        Assert.Matches("^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$", (string?)headers["x-amzn-trace-id"]);
        Assert.All(headers, header => Assert.Equal(header.Key.ToLowerInvariant(), header.Key));
        var requestId = Assert.Single(gateway.Log).RequestId;
        Assert.Matches("^[A-Za-z0-9-]{15}=$", requestId);
        payload.Remove("headers");
        var host = new Uri(gateway.Url).Authority;
        var time = clock.GetUtcNow();
        Assert.Equal(
            JsonNode.Parse($$"""
            {
              "version": "2.0",
              "routeKey": "GET /iam/{key}",
              "rawPath": "/iam/a-key",
              "rawQueryString": "a=1&a=2&b=x%20y",
              "queryStringParameters": { "a": "1,2", "b": "x y" },
              "requestContext": {
                "accountId": "123456789012",
                "apiId": "local",
                "authorizer": {
                  "iam": {
                    "accessKey": "AKIALOCALALLEXAMPLE1",
                    "accountId": "123456789012",
                    "callerId": "AIDALOCALALLEXAMPLE1",
                    "cognitoIdentity": null,
                    "principalOrgId": null,
                    "userArn": "arn:aws:iam::123456789012:user/local-all",
                    "userId": "AIDALOCALALLEXAMPLE1"
                  }
                },
                "domainName": "{{host}}",
                "domainPrefix": "127",
                "http": {
                  "method": "GET",
                  "path": "/iam/a-key",
                  "protocol": "HTTP/1.1",
                  "sourceIp": "127.0.0.1",
                  "userAgent": "test/1.0"
                },
                "requestId": "{{requestId}}",
                "routeKey": "GET /iam/{key}",
                "stage": "$default",
                "time": "{{time.ToString("dd/MMM/yyyy:HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)}} +0000",
                "timeEpoch": {{time.ToUnixTimeMilliseconds()}}
              },
              "pathParameters": { "key": "a-key" },
              "isBase64Encoded": false
            }
            """)!.ToJsonString(),
            payload.ToJsonString());
    }

    [Fact]
    public async Task Empty_Fields_Are_Left_Out()
    {
        await using var gateway = await TestGateway.StartAsync();

        var payload = (await gateway.GetAsync("/open")).Json.AsObject();

        Assert.Equal("", (string?)payload["rawQueryString"]);
        Assert.Equal(
            ["version", "routeKey", "rawPath", "rawQueryString", "headers", "requestContext", "isBase64Encoded"],
            payload.Select(field => field.Key));
        Assert.Null(payload["requestContext"]!["authorizer"]);
        Assert.Equal("ANY /open", (string?)payload["routeKey"]);
    }

    [Theory]
    [InlineData("?a=%2B&b=+&c=%26", """{"a":"+","b":" ","c":"&"}""")]
    [InlineData("?a&b=", """{"a":"","b":""}""")]
    [InlineData("?%E2%82%AC=%F0%9F%98%80", """{"€":"😀"}""")]
    [InlineData("?a=1=2", """{"a":"1=2"}""")]
    [InlineData("?a=%zz", """{"a":"%zz"}""")]
    [InlineData("?a=x,y&a=z", """{"a":"x,y,z"}""")]
    public async Task Query_Is_Decoded_And_Its_Raw_Form_Kept(string query, string parameters)
    {
        await using var gateway = await TestGateway.StartAsync();

        var payload = (await Curl.CallAsync($"{gateway.Url}/open{query}")).Json;

        Assert.Equal(query[1..], (string?)payload["rawQueryString"]);
        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(parameters), payload["queryStringParameters"]),
            payload["queryStringParameters"]!.ToJsonString());
    }

    [Fact]
    public async Task Path_Is_Decoded_Before_It_Is_Routed()
    {
        await using var gateway = await TestGateway.StartAsync();

        var payload = (await gateway.GetAsync("/open/a%20b%2Fc/%E2%82%AC")).Json;

        Assert.Equal("/open/a b/c/€", (string?)payload["rawPath"]);
        Assert.Equal("a b/c/€", (string?)payload["pathParameters"]!["proxy"]);
        Assert.Equal("ANY /open/{proxy+}", (string?)payload["routeKey"]);
    }

    [Fact]
    public async Task Repeated_Headers_Are_Joined_With_A_Comma()
    {
        await using var gateway = await TestGateway.StartAsync();

        var payload = (await Curl.CallAsync(
            "--header", "X-Two: 1", "--header", "x-two: 2, 3", $"{gateway.Url}/open")).Json;

        Assert.Equal("1,2, 3", (string?)payload["headers"]!["x-two"]);
    }

    [Fact]
    public async Task Cookies_Have_A_Field_Of_Their_Own()
    {
        await using var gateway = await TestGateway.StartAsync();

        var payload = (await Curl.CallAsync("--header", "Cookie: a=1; b=2", $"{gateway.Url}/open")).Json;

        Assert.Equal("""["a=1","b=2"]""", payload["cookies"]!.ToJsonString());
        Assert.Null(payload["headers"]!["cookie"]);
    }

    [Theory]
    [InlineData("application/json", "{\"a\":\"é\"}", false)]
    [InlineData("text/plain; charset=utf-8", "é", false)]
    [InlineData("application/problem+json", "{}", false)]
    [InlineData("application/x-www-form-urlencoded", "a=b", true)]
    [InlineData("application/octet-stream", "abc", true)]
    [InlineData("text/plain", "\u00ff\u00fe", true)]
    public async Task Body_Is_Text_Or_Base64(string contentType, string text, bool isBase64)
    {
        await using var gateway = await TestGateway.StartAsync();
        var bytes = (contentType == "text/plain" ? Encoding.Latin1 : Encoding.UTF8).GetBytes(text);
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);

        using var response = await gateway.Client.PostAsync(
            new Uri($"{gateway.Url}/open"), content, TestContext.Current.CancellationToken);

        var payload = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(isBase64, (bool)payload["isBase64Encoded"]!);
        Assert.Equal(isBase64 ? Convert.ToBase64String(bytes) : text, (string?)payload["body"]);
        Assert.Equal("POST", (string?)payload["requestContext"]!["http"]!["method"]);
    }
}
