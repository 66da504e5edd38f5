using System.Text;
using Amazon.Lambda.APIGatewayEvents;
using S3Lister.Functions.Gateway;

namespace S3Lister.Testing;

/// <summary>Events of payload format 2.0 as API Gateway writes them, read by the functions' serializer.</summary>
internal static class GatewayEvent
{
    public const string RequestId = "JKJaXmPLvHcESHA=";

    public const string UserArn = "arn:aws:iam::123456789012:user/alice";

    public static APIGatewayHttpApiV2ProxyRequest Get(
        string path, string query = "", string userArn = UserArn, string method = "GET", params ReadOnlySpan<(string Name, string Value)> headers)
    {
        var json = $$"""
            {
              "version": "2.0",
              "routeKey": "GET {{path}}",
              "rawPath": "{{path}}",
              "rawQueryString": "{{query}}",
              "headers": { "host": "api123.execute-api.eu-central-1.amazonaws.com" },
              "requestContext": {
                "accountId": "123456789012",
                "apiId": "api123",
                "authorizer": { "iam": {
                  "accessKey": "AKIAIOSFODNN7EXAMPLE", "accountId": "123456789012", "callerId": "AIDACKCEVSQ6C2EXAMPLE",
                  "cognitoIdentity": null, "principalOrgId": "aws:PrincipalOrgID",
                  "userArn": "{{userArn}}", "userId": "AIDACKCEVSQ6C2EXAMPLE" } },
                "domainName": "api123.execute-api.eu-central-1.amazonaws.com",
                "domainPrefix": "api123",
                "http": { "method": "{{method}}", "path": "{{path}}", "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "curl/8.0" },
                "requestId": "{{RequestId}}",
                "routeKey": "GET {{path}}",
                "stage": "$default",
                "time": "23/Nov/2026:18:19:29 +0000",
                "timeEpoch": 1795457969000
              },
              "isBase64Encoded": false
            }
            """;
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(json));
        var request = new EventSerializer().Deserialize<APIGatewayHttpApiV2ProxyRequest>(stream);
        foreach (var (name, value) in headers)
        {
            request.Headers[name] = value;
        }

        return request;
    }
}
