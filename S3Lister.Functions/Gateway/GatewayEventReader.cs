using System.Text.Json;
using Amazon.Lambda.APIGatewayEvents;

namespace S3Lister.Functions.Gateway;

/// <summary>
/// Reads the parts of API Gateway's event that are used: payload format 2.0 from an HTTP API, and format 1.0 from a REST
/// API, which is translated to 2.0.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html"/>
internal static class GatewayEventReader
{
    /// <exception cref="JsonException">The event is not a JSON object.</exception>
    public static APIGatewayHttpApiV2ProxyRequest Read(ReadOnlySpan<byte> utf8)
    {
        APIGatewayHttpApiV2ProxyRequest request = new() { RequestContext = new() };
        RestApiEvent rest = new();
        Utf8JsonReader json = new(utf8);
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The event is not a JSON object.");
        }

        while (json.ReadName())
        {
            if (json.ValueTextEquals("version"u8))
            {
                request.Version = json.ReadString();
            }
            else if (json.ValueTextEquals("routeKey"u8))
            {
                request.RouteKey = json.ReadString();
            }
            else if (json.ValueTextEquals("rawPath"u8))
            {
                request.RawPath = json.ReadString();
            }
            else if (json.ValueTextEquals("rawQueryString"u8))
            {
                request.RawQueryString = json.ReadString();
            }
            else if (json.ValueTextEquals("headers"u8))
            {
                request.Headers = json.ReadStrings(StringComparer.OrdinalIgnoreCase);
            }
            else if (json.ValueTextEquals("requestContext"u8))
            {
                ReadContext(ref json, request.RequestContext, rest);
            }
            else if (!rest.TryReadProperty(ref json))
            {
                json.Skip();
            }
        }

        while (json.Read())
        {
            // Utf8JsonReader throws if anything follows the object.
        }

        if (rest.IsPresent)
        {
            rest.CopyTo(request);
        }

        return request;
    }

    private static void ReadContext(
        ref Utf8JsonReader json, APIGatewayHttpApiV2ProxyRequest.ProxyRequestContext context, RestApiEvent rest)
    {
        if (!json.TryReadStartObject())
        {
            return;
        }

        while (json.ReadName())
        {
            if (json.ValueTextEquals("requestId"u8))
            {
                context.RequestId = json.ReadString();
            }
            else if (json.ValueTextEquals("http"u8))
            {
                context.Http = json.TryReadStartObject() ? new() { Method = json.ReadStringProperty("method"u8) } : null;
            }
            else if (json.ValueTextEquals("authorizer"u8))
            {
                context.Authorizer = json.TryReadStartObject() ? ReadAuthorizer(ref json, rest) : null;
            }
            else if (!rest.TryReadContextProperty(ref json))
            {
                json.Skip();
            }
        }
    }

    private static APIGatewayHttpApiV2ProxyRequest.AuthorizerDescription ReadAuthorizer(ref Utf8JsonReader json, RestApiEvent rest)
    {
        APIGatewayHttpApiV2ProxyRequest.AuthorizerDescription authorizer = new();
        while (json.ReadName())
        {
            if (json.ValueTextEquals("iam"u8))
            {
                authorizer.IAM = json.TryReadStartObject() ? new() { UserARN = json.ReadStringProperty("userArn"u8) } : null;
            }
            else if (json.ValueTextEquals("jwt"u8))
            {
                authorizer.Jwt = json.TryReadStartObject() ? ReadJwt(ref json) : null;
            }
            else if (json.ValueTextEquals("claims"u8))
            {
                rest.Claims = json.ReadStrings(StringComparer.Ordinal);
            }
            else
            {
                json.Skip();
            }
        }

        return authorizer;
    }

    private static APIGatewayHttpApiV2ProxyRequest.AuthorizerDescription.JwtDescription ReadJwt(ref Utf8JsonReader json)
    {
        APIGatewayHttpApiV2ProxyRequest.AuthorizerDescription.JwtDescription jwt = new();
        while (json.ReadName())
        {
            if (json.ValueTextEquals("claims"u8))
            {
                jwt.Claims = json.ReadStrings(StringComparer.Ordinal);
            }
            else
            {
                json.Skip();
            }
        }

        return jwt;
    }
}
