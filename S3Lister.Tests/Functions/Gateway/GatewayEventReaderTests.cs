using System.Text;
using System.Text.Json;
using Amazon.Lambda.APIGatewayEvents;
using S3Lister.Functions.Gateway;

namespace S3Lister.Tests.Functions.Gateway;

public sealed class GatewayEventReaderTests
{
    [Fact]
    public void Event_Of_An_Http_Api_Is_Read()
    {
        var request = Read("""
            {
              "cookies": ["a=b", {"x": []}],
              "requestContext": {
                "timeEpoch": 1, "requestId": "id", "http": {"path": "/objects", "method": "GET"}, "authentication": null,
                "authorizer": {"iam": {"cognitoIdentity": null, "userArn": "arn:aws:iam::123456789012:user/alice"}, "lambda": {"iam": {}}}
              },
              "rawQueryString": "prefix=a%2F&max-keys=1", "rawPath": "/objects", "routeKey": "GET /objects", "version": "2.0",
              "headers": {"accept": "text/csv", "x": null}, "body": null, "isBase64Encoded": false
            }
            """);

        Assert.Equal(("2.0", "GET /objects", "/objects", "prefix=a%2F&max-keys=1"), (request.Version, request.RouteKey, request.RawPath, request.RawQueryString));
        Assert.Equal(("id", "GET"), (request.RequestContext.RequestId, request.RequestContext.Http.Method));
        Assert.Equal("arn:aws:iam::123456789012:user/alice", request.UserArn());
        Assert.Equal("text/csv", request.Header("accept"));
        Assert.Null(request.Header("x"));
    }

    [Fact]
    public void Event_Of_A_Rest_Api_Is_Translated_To_One_Of_An_Http_Api()
    {
        var request = Read("""
            {
              "resource": "/objects", "path": "/prod/objects", "httpMethod": "GET",
              "headers": {"Accept": "text/csv"}, "multiValueHeaders": {"Accept": ["application/json", "text/csv"], "If-None-Match": ["W/\"1\""]},
              "queryStringParameters": {"prefix": "b"},
              "multiValueQueryStringParameters": {"prefix": ["a/ä&b", "b"], "max-keys": ["1"], "delimiter": [""]},
              "requestContext": {
                "resourcePath": "/objects", "requestId": "id", "httpMethod": "GET",
                "identity": {"apiKey": null, "userArn": "arn:aws:iam::123456789012:user/alice", "sourceIp": "192.0.2.1"}
              },
              "body": null, "isBase64Encoded": false
            }
            """);

        Assert.Equal("GET /objects", request.RouteKey);
        Assert.Equal("prefix=a%2F%C3%A4%26b&prefix=b&max-keys=1&delimiter=", request.RawQueryString);
        Assert.Equal(("id", "GET"), (request.RequestContext.RequestId, request.RequestContext.Http.Method));
        Assert.Equal("arn:aws:iam::123456789012:user/alice", request.UserArn());
        Assert.Equal(("application/json,text/csv", "W/\"1\""), (request.Header("accept"), request.Header("if-none-match")));
    }

    [Fact]
    public void Query_Is_Empty_When_A_Rest_Api_Has_None() =>
        Assert.Equal("", Read("""{"httpMethod":"GET","resource":"/health","multiValueQueryStringParameters":null,"multiValueHeaders":null,"headers":null}""").RawQueryString);

    [Theory]
    [InlineData("""{"requestContext":{"authorizer":{"jwt":{"scopes":null,"claims":{"sub":"client","cognito:groups":"[a b]"}}}}}""")]
    [InlineData("""{"httpMethod":"GET","requestContext":{"authorizer":{"claims":{"sub":"client"}},"identity":{"userArn":null}}}""")]
    public void Claims_Of_A_Token_Are_Read(string json)
    {
        var request = Read(json);

        Assert.Equal("client", request.RequestContext.Authorizer.Jwt.Claims["sub"]);
        Assert.Null(request.UserArn());
    }

    /// <summary>Otherwise a claim could overwrite another one.</summary>
    [Theory]
    [InlineData("""{"requestContext":{"authorizer":{"jwt":{"claims":{"client_id":"a","Client_ID":"b","exp":1}}}}}""")]
    [InlineData("""{"httpMethod":"GET","requestContext":{"authorizer":{"claims":{"client_id":"a","Client_ID":"b"}},"identity":{}}}""")]
    public void Claims_Are_Case_Sensitive(string json)
    {
        var caller = Read(json).GetCaller();

        Assert.Equal("client_id:a", caller.Name);
        Assert.True(caller.HasClaim("client_id", "a"));
        Assert.False(caller.HasClaim("client_id", "b"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"headers":null,"requestContext":null,"rawQueryString":1,"routeKey":{"a":[1]}}""")]
    [InlineData("""{"requestContext":{"authorizer":null,"http":null,"requestId":[]}}""")]
    [InlineData("""{"requestContext":{"authorizer":{"iam":null,"jwt":null},"http":"GET"}}""")]
    public void Missing_Fields_Are_Null(string json)
    {
        var request = Read(json);

        Assert.Null(request.UserArn());
        Assert.Null(request.Header("accept"));
        Assert.Null(request.RawQueryString);
        Assert.False(request.IsHead());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"version":"2.0" """)]
    [InlineData("""{"version":"2.0"}{}""")]
    [InlineData("""{"headers":{"a":"b"}""")]
    public void Event_Is_Refused_When_It_Is_Not_A_Json_Object(string json) => Assert.ThrowsAny<JsonException>(() => Read(json));

    private static APIGatewayHttpApiV2ProxyRequest Read(string json)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(json));
        return new EventSerializer().Deserialize<APIGatewayHttpApiV2ProxyRequest>(stream);
    }
}
