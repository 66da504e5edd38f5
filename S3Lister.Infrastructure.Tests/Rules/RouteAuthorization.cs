using System.Text.Json.Nodes;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Rules;

/// <summary>No route without an authorizer: SAM writes routes into a body that no linter reads.</summary>
internal static class RouteAuthorization
{
    public static IEnumerable<string> Check(TemplateSet set)
    {
        foreach (var api in set.OfType("AWS::Serverless::HttpApi", "AWS::Serverless::Api", "AWS::ApiGatewayV2::Api", "AWS::ApiGateway::RestApi"))
        {
            if ((api["DefinitionBody"] ?? api["Body"]) is JsonObject body)
            {
                foreach (var route in Open(body))
                {
                    yield return $"{api}: {route} needs no authorization";
                }
            }
            else if (!api.Type.StartsWith("AWS::Serverless", StringComparison.Ordinal))
            {
                continue;
            }
            else if (api["Auth"]?["DefaultAuthorizer"] is null)
            {
                yield return $"{api}: no default authorizer, its routes are open";
            }
            else if (api.Type == "AWS::Serverless::HttpApi" && api["Auth"]!["DefaultAuthorizer"].Scalar() == "AWS_IAM"
                && api["Auth"]!["EnableIamAuthorizer"].Scalar() != "true")
            {
                yield return $"{api}: the IAM authorizer is not enabled";
            }
        }

        foreach (var function in set.OfType("AWS::Serverless::Function"))
        {
            foreach (var item in function["Events"]?.AsObject().ToArray() ?? [])
            {
                var properties = item.Value!["Properties"];
                if ((string)item.Value["Type"]! is "HttpApi" or "Api" && (properties?["ApiId"] ?? properties?["RestApiId"]) is null)
                {
                    yield return $"{function}: {item.Key} is on an API that nobody secures";
                }

                if (properties?["Auth"]?["Authorizer"].Scalar() == "NONE")
                {
                    yield return $"{function}: {item.Key} needs no authorization";
                }
            }

            if (function["FunctionUrlConfig"] is { } url && url["AuthType"].Scalar() != "AWS_IAM")
            {
                yield return $"{function}: its URL needs no authorization";
            }
        }

        foreach (var route in set.OfType("AWS::ApiGatewayV2::Route", "AWS::ApiGateway::Method"))
        {
            if (route["AuthorizationType"].Scalar() is null or "NONE" && route["ApiKeyRequired"].Scalar() != "true")
            {
                yield return $"{route}: needs no authorization";
            }
        }
    }

    /// <summary>The routes of an OpenAPI body without security of their own or of the whole; preflight has none.</summary>
    private static IEnumerable<string> Open(JsonObject body) =>
        from path in (body["paths"] as JsonObject ?? []).AsEnumerable()
        from method in (path.Value as JsonObject ?? []).AsEnumerable()
        where method.Value is JsonObject && method.Key is not ("options" or "parameters")
        where !(method.Value!["security"] ?? body["security"]).Items().Any() && method.Value["x-amazon-apigateway-auth"] is null
        select $"{method.Key} {path.Key}";
}
