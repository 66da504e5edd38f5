using System.Text.Json;
using Amazon.Lambda.APIGatewayEvents;

namespace S3Lister.Functions.Gateway;

/// <summary>
/// API Gateway's event, what we use of it: payload format 2.0, which an HTTP API sends, and 1.0, which a REST API sends,
/// told as 2.0.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html"/>
internal static class GatewayEventReader
{
    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static APIGatewayHttpApiV2ProxyRequest Read(ReadOnlySpan<byte> utf8)
    {
        APIGatewayHttpApiV2ProxyRequest request = new() { RequestContext = new() };
        RestApiEvent rest = new();
        Utf8JsonReader json = new(utf8);
        json.Read();
        Require(json.TokenType == JsonTokenType.StartObject);
        while (ReadName(ref json))
        {
            if (Is(ref json, "version"u8))
            {
                request.Version = ReadString(ref json);
            }
            else if (Is(ref json, "routeKey"u8))
            {
                request.RouteKey = ReadString(ref json);
            }
            else if (Is(ref json, "rawPath"u8))
            {
                request.RawPath = ReadString(ref json);
            }
            else if (Is(ref json, "rawQueryString"u8))
            {
                request.RawQueryString = ReadString(ref json);
            }
            else if (Is(ref json, "headers"u8))
            {
                request.Headers = ReadStrings(ref json, StringComparer.OrdinalIgnoreCase);
            }
            else if (Is(ref json, "requestContext"u8))
            {
                ReadContext(ref json, request.RequestContext, rest);
            }
            else if (!rest.TryRead(ref json))
            {
                json.Skip();
            }
        }

        while (json.Read())
        {
            // Anything behind the object is an exception of the reader's.
        }

        if (rest.IsOne)
        {
            rest.WriteTo(request);
        }

        return request;
    }

    /// <summary>Moves to the next name, or to the end of the object that it is in.</summary>
    public static bool ReadName(ref Utf8JsonReader json)
    {
        json.Read();
        return json.TokenType == JsonTokenType.PropertyName;
    }

    public static bool Is(ref Utf8JsonReader json, ReadOnlySpan<byte> name) => json.ValueTextEquals(name);

    /// <returns>Null where there is no string.</returns>
    public static string? ReadString(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.String)
        {
            return json.GetString();
        }

        json.Skip();
        return null;
    }

    /// <param name="json">In front of the value.</param>
    /// <param name="names">Which names are the same: of headers those in other case, of claims none.</param>
    /// <returns>Null where there is no object.</returns>
    public static Dictionary<string, string>? ReadStrings(ref Utf8JsonReader json, StringComparer names)
    {
        if (!TryEnter(ref json))
        {
            return null;
        }

        Dictionary<string, string> strings = new(names);
        while (ReadName(ref json))
        {
            var name = json.GetString()!;
            if (ReadString(ref json) is { } value)
            {
                strings[name] = value;
            }
        }

        return strings;
    }

    /// <summary>Moves into the object that is the value; past the value where it is none.</summary>
    public static bool TryEnter(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.StartObject)
        {
            return true;
        }

        json.Skip();
        return false;
    }

    private static void ReadContext(
        ref Utf8JsonReader json, APIGatewayHttpApiV2ProxyRequest.ProxyRequestContext context, RestApiEvent rest)
    {
        if (!TryEnter(ref json))
        {
            return;
        }

        while (ReadName(ref json))
        {
            if (Is(ref json, "requestId"u8))
            {
                context.RequestId = ReadString(ref json);
            }
            else if (Is(ref json, "http"u8))
            {
                context.Http = ReadHttp(ref json);
            }
            else if (Is(ref json, "authorizer"u8))
            {
                context.Authorizer = ReadAuthorizer(ref json, rest);
            }
            else if (!rest.TryReadContext(ref json))
            {
                json.Skip();
            }
        }
    }

    private static APIGatewayHttpApiV2ProxyRequest.HttpDescription? ReadHttp(ref Utf8JsonReader json) =>
        TryEnter(ref json) ? new() { Method = ReadOne(ref json, "method"u8) } : null;

    private static APIGatewayHttpApiV2ProxyRequest.AuthorizerDescription? ReadAuthorizer(ref Utf8JsonReader json, RestApiEvent rest)
    {
        if (!TryEnter(ref json))
        {
            return null;
        }

        APIGatewayHttpApiV2ProxyRequest.AuthorizerDescription authorizer = new();
        while (ReadName(ref json))
        {
            if (Is(ref json, "iam"u8))
            {
                authorizer.IAM = TryEnter(ref json) ? new() { UserARN = ReadOne(ref json, "userArn"u8) } : null;
            }
            else if (Is(ref json, "jwt"u8))
            {
                authorizer.Jwt = TryEnter(ref json) ? ReadJwt(ref json) : null;
            }
            else if (Is(ref json, "claims"u8))
            {
                rest.Claims = ReadStrings(ref json, StringComparer.Ordinal);
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
        while (ReadName(ref json))
        {
            if (Is(ref json, "claims"u8))
            {
                jwt.Claims = ReadStrings(ref json, StringComparer.Ordinal);
            }
            else
            {
                json.Skip();
            }
        }

        return jwt;
    }

    /// <summary>Reads to the end of the object that it is in.</summary>
    public static string? ReadOne(ref Utf8JsonReader json, ReadOnlySpan<byte> name)
    {
        string? value = null;
        while (ReadName(ref json))
        {
            if (Is(ref json, name))
            {
                value = ReadString(ref json);
            }
            else
            {
                json.Skip();
            }
        }

        return value;
    }

    private static void Require(bool isObject)
    {
        if (!isObject)
        {
            throw new JsonException("The event is no JSON object.");
        }
    }
}
