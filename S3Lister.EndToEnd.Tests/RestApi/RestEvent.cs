using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace S3Lister.EndToEnd.Tests.RestApi;

/// <summary>
/// An event of payload format 1.0 with every field that a REST API sends: names and values of the query decoded, each header
/// as a value and as a list, null for empty fields, and the stage in one of the two paths.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html"/>
internal static class RestEvent
{
    public const string RequestId = "c6af9ac6-7b61-11e6-9a41-93e8deadbeef";

    public static JsonObject Get(string path, string query, RestCaller caller, params IEnumerable<(string Name, string Value)> headers)
    {
        var sent = headers.Append(("Host", "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com")).Append(("User-Agent", "test/1.0"))
            .GroupBy(header => header.Item1, header => header.Item2)
            .ToDictionary(header => header.Key, header => header.ToArray());
        var values = QueryHelpers.ParseQuery(query).ToDictionary(pair => pair.Key, pair => pair.Value.Select(value => value!).ToArray());
        return new()
        {
            ["resource"] = path,
            ["path"] = path,
            ["httpMethod"] = "GET",
            ["headers"] = Last(sent),
            ["multiValueHeaders"] = All(sent),
            ["queryStringParameters"] = Last(values),
            ["multiValueQueryStringParameters"] = All(values),
            ["pathParameters"] = null,
            ["stageVariables"] = new JsonObject { ["executionLog"] = "API-Gateway-Execution-Logs_a1b2c3d4e5/live" },
            ["requestContext"] = Context(path, caller),
            ["body"] = null,
            ["isBase64Encoded"] = false,
        };
    }

    private static JsonObject Context(string path, RestCaller caller)
    {
        JsonObject context = new()
        {
            ["resourceId"] = "xyz123",
            ["resourcePath"] = path,
            ["httpMethod"] = "GET",
            ["extendedRequestId"] = "JKJaXmPLvHcESHA=",
            ["requestTime"] = "24/Nov/2026:18:19:29 +0000",
            ["path"] = $"/live{path}",
            ["accountId"] = "123456789012",
            ["protocol"] = "HTTP/1.1",
            ["stage"] = "live",
            ["domainPrefix"] = "a1b2c3d4e5",
            ["requestTimeEpoch"] = 1795544369000,
            ["requestId"] = RequestId,
            ["identity"] = new JsonObject
            {
                ["cognitoIdentityPoolId"] = null,
                ["accountId"] = caller.UserArn is null ? null : "123456789012",
                ["cognitoIdentityId"] = null,
                ["caller"] = caller.UserArn is null ? null : "AIDACKCEVSQ6C2EXAMPLE",
                ["sourceIp"] = "192.0.2.1",
                ["principalOrgId"] = null,
                ["accessKey"] = caller.UserArn is null ? null : "AKIAIOSFODNN7EXAMPLE",
                ["cognitoAuthenticationType"] = null,
                ["cognitoAuthenticationProvider"] = null,
                ["userArn"] = caller.UserArn,
                ["userAgent"] = "test/1.0",
                ["user"] = caller.UserArn is null ? null : "AIDACKCEVSQ6C2EXAMPLE",
            },
            ["domainName"] = "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com",
            ["deploymentId"] = "d1e2f3",
            ["apiId"] = "a1b2c3d4e5",
        };
        if (caller.Claims is { } claims)
        {
            context["authorizer"] = new JsonObject
            {
                ["claims"] = new JsonObject(claims.Select(claim => KeyValuePair.Create(claim.Key, (JsonNode?)claim.Value))),
            };
        }

        return context;
    }

    private static JsonObject? Last(Dictionary<string, string[]> values) => values.Count == 0
        ? null
        : new(values.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value[^1])));

    private static JsonObject? All(Dictionary<string, string[]> values) => values.Count == 0
        ? null
        : new(values.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)new JsonArray([.. pair.Value.Select(value => (JsonNode?)value)]))));
}
