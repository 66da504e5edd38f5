using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace StandIns.Tests.Packages;

public sealed class SerializerTests
{
    [Fact]
    public void Event_Of_Payload_2_0_Is_Read_Whole()
    {
        const string Payload = """
            {
              "version": "2.0", "routeKey": "GET /objects", "rawPath": "/objects", "rawQueryString": "prefix=a%20b",
              "cookies": ["c=1"], "headers": {"accept": "*/*"}, "queryStringParameters": {"prefix": "a b"},
              "requestContext": {
                "accountId": "123456789012", "apiId": "api", "domainName": "d", "domainPrefix": "p", "requestId": "r",
                "routeKey": "GET /objects", "stage": "$default", "time": "23/Nov/2026:18:19:29 +0000", "timeEpoch": 1795457969000,
                "authorizer": { "iam": { "accessKey": "AKIA", "accountId": "123456789012", "callerId": "c",
                  "cognitoIdentity": null, "principalOrgId": "o", "userArn": "arn:aws:iam::123456789012:user/u", "userId": "i" } },
                "http": { "method": "GET", "path": "/objects", "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "curl" }
              },
              "isBase64Encoded": false
            }
            """;

        var request = Read<APIGatewayHttpApiV2ProxyRequest>(new SourceGeneratorLambdaJsonSerializer<EventContext>(), Payload);

        Assert.Equal("prefix=a%20b", request.RawQueryString);
        Assert.Equal("a b", request.QueryStringParameters["prefix"]);
        Assert.Equal(["c=1"], request.Cookies);
        Assert.Equal("arn:aws:iam::123456789012:user/u", request.RequestContext.Authorizer.IAM.UserARN);
        Assert.Equal(1795457969000, request.RequestContext.TimeEpoch);
        Assert.Equal("192.0.2.1", request.RequestContext.Http.SourceIp);
    }

    [Fact]
    public void Response_Leaves_Nulls_Out_And_Escapes_Little()
    {
        var response = new APIGatewayHttpApiV2ProxyResponse { StatusCode = 200, Body = "<ü\">" };
        response.SetHeaderValues("link", "a", append: false);
        response.SetHeaderValues("link", ["b", "c"], append: true);

        var json = Write(new SourceGeneratorLambdaJsonSerializer<EventContext>(), response);

        Assert.Equal("""{"statusCode":200,"headers":{"link":"a,b,c"},"body":"<ü\">","isBase64Encoded":false}""", json);
    }

    [Fact]
    public void Dates_And_Bytes_Are_Read_In_All_Forms_That_Services_Send()
    {
        var serializer = new SourceGeneratorLambdaJsonSerializer<EventContext>();

        Assert.Equal(DateTime.UnixEpoch.AddSeconds(1.5), Read<DateTime>(serializer, "1.5"));
        Assert.Equal(DateTime.UnixEpoch.AddSeconds(1795457969), Read<DateTime>(serializer, "1795457969"));
        Assert.Equal(DateTime.UnixEpoch.AddSeconds(1795457969), Read<DateTime>(serializer, "1795457969000"));
        Assert.Equal(DateTime.UnixEpoch, Read<DateTime>(serializer, "\"1970-01-01T00:00:00Z\""));
        Assert.Equal([1, 2], Read<byte[]>(serializer, "[1,2]"));
        Assert.Equal([1, 2], Read<byte[]>(serializer, "\"AQI=\""));
        Assert.Equal("[1,2]", Write<byte[]>(serializer, [1, 2]));
    }

    [Theory]
    [InlineData("{", "Error converting the Lambda event JSON payload to type")]
    [InlineData("[]", "Error converting the Lambda event JSON payload to type")]
    public void Payload_That_Does_Not_Fit_Is_A_Serializer_Error(string payload, string message)
    {
        var exception = Assert.Throws<JsonSerializerException>(() =>
            Read<APIGatewayHttpApiV2ProxyRequest>(new SourceGeneratorLambdaJsonSerializer<EventContext>(), payload));

        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
        Assert.IsType<JsonException>(exception.InnerException);
    }

    [Fact]
    public void Type_That_The_Context_Does_Not_Know_Is_A_Serializer_Error()
    {
        var exception = Assert.Throws<JsonSerializerException>(() =>
            Read<Version>(new SourceGeneratorLambdaJsonSerializer<EventContext>(), "{}"));

        Assert.Contains("No JsonTypeInfo registered in StandIns.Tests.Packages.EventContext for type System.Version.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Subclass_Brings_Its_Own_Options()
    {
        var json = Write(new CamelCase(), new Sample("a", null));

        Assert.Equal("""{"firstName":"a","second":null}""", json);
    }

    private static T Read<T>(SourceGeneratorLambdaJsonSerializer<EventContext> serializer, string json) =>
        serializer.Deserialize<T>(new MemoryStream(Encoding.UTF8.GetBytes(json)));

    private static string Write<T>(SourceGeneratorLambdaJsonSerializer<EventContext> serializer, T value)
    {
        using var stream = new MemoryStream();
        serializer.Serialize(value, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private sealed class CamelCase : SourceGeneratorLambdaJsonSerializer<EventContext>
    {
        protected override JsonSerializerOptions CreateDefaultJsonSerializationOptions() =>
            new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
    }
}

internal sealed record Sample(string FirstName, string? Second);

[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyRequest))]
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyResponse))]
[JsonSerializable(typeof(byte[]))]
[JsonSerializable(typeof(DateTime))]
[JsonSerializable(typeof(Sample))]
internal sealed partial class EventContext : JsonSerializerContext;
