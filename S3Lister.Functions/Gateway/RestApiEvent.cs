using System.Text.Json;
using Amazon.Lambda.APIGatewayEvents;

namespace S3Lister.Functions.Gateway;

/// <summary>What payload format 1.0 has under other names than 2.0.</summary>
internal sealed class RestApiEvent
{
    private readonly List<(string Name, string Value)> _query = [];
    private Dictionary<string, string>? _headers;
    private string? _httpMethod;
    private string? _resource;
    private string? _userArn;

    /// <summary>Whether there was an event of that format.</summary>
    public bool IsOne => _httpMethod is not null;

    /// <summary>The claims of a token, as a Cognito authorizer hands them on.</summary>
    public Dictionary<string, string>? Claims { get; set; }

    /// <returns>False for a name that it does not use; the reader stays there.</returns>
    public bool TryRead(ref Utf8JsonReader json)
    {
        if (GatewayEventReader.Is(ref json, "httpMethod"u8))
        {
            _httpMethod = GatewayEventReader.ReadString(ref json);
        }
        else if (GatewayEventReader.Is(ref json, "resource"u8))
        {
            _resource = GatewayEventReader.ReadString(ref json);
        }
        else if (GatewayEventReader.Is(ref json, "multiValueQueryStringParameters"u8))
        {
            _query.AddRange(ReadLists(ref json));
        }
        else if (GatewayEventReader.Is(ref json, "multiValueHeaders"u8))
        {
            _headers = ReadLists(ref json)
                .GroupBy(header => header.Name, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(group => group.Key, group => string.Join(',', group.Select(header => header.Value)), StringComparer.OrdinalIgnoreCase);
        }
        else
        {
            return false;
        }

        return true;
    }

    /// <summary>As <see cref="TryRead"/>, in <c>requestContext</c>.</summary>
    public bool TryReadContext(ref Utf8JsonReader json)
    {
        if (!GatewayEventReader.Is(ref json, "identity"u8))
        {
            return false;
        }

        _userArn = GatewayEventReader.TryEnter(ref json) ? GatewayEventReader.ReadOne(ref json, "userArn"u8) : null;
        return true;
    }

    /// <summary>Tells the event as one of format 2.0.</summary>
    public void WriteTo(APIGatewayHttpApiV2ProxyRequest request)
    {
        request.RouteKey = $"{_httpMethod} {_resource}";
        request.Headers = _headers ?? request.Headers;

        // A REST API has decoded the query.
        request.RawQueryString = string.Join('&', _query.Select(
            parameter => $"{Uri.EscapeDataString(parameter.Name)}={Uri.EscapeDataString(parameter.Value)}"));
        request.RequestContext.Http = new() { Method = _httpMethod };
        request.RequestContext.Authorizer = new()
        {
            IAM = _userArn is null ? null : new() { UserARN = _userArn },
            Jwt = Claims is null ? null : new() { Claims = Claims },
        };
    }

    private static List<(string Name, string Value)> ReadLists(ref Utf8JsonReader json)
    {
        List<(string Name, string Value)> values = [];
        if (!GatewayEventReader.TryEnter(ref json))
        {
            return values;
        }

        while (GatewayEventReader.ReadName(ref json))
        {
            var name = json.GetString()!;
            json.Read();
            if (json.TokenType != JsonTokenType.StartArray)
            {
                json.Skip();
                continue;
            }

            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                if (json.TokenType == JsonTokenType.String)
                {
                    values.Add((name, json.GetString()!));
                }
                else
                {
                    json.Skip();
                }
            }
        }

        return values;
    }
}
