using System.Text.Json;
using Amazon.Lambda.APIGatewayEvents;

namespace S3Lister.Functions.Gateway;

/// <summary>The properties whose names or structure differ between payload format 1.0 and 2.0.</summary>
internal sealed class RestApiEvent
{
    private readonly List<(string Name, string Value)> _query = [];
    private Dictionary<string, string>? _headers;
    private string? _httpMethod;
    private string? _resource;
    private string? _userArn;

    /// <summary>Whether the event has payload format 1.0.</summary>
    public bool IsPresent => _httpMethod is not null;

    /// <summary>The token's claims, as a Cognito authorizer passes them.</summary>
    public Dictionary<string, string>? Claims { get; set; }

    /// <summary>Reads the value of a property that only format 1.0 has.</summary>
    /// <returns>False if the property is not used; the reader has not moved.</returns>
    public bool TryReadProperty(ref Utf8JsonReader json)
    {
        if (json.ValueTextEquals("httpMethod"u8))
        {
            _httpMethod = json.ReadString();
        }
        else if (json.ValueTextEquals("resource"u8))
        {
            _resource = json.ReadString();
        }
        else if (json.ValueTextEquals("multiValueQueryStringParameters"u8))
        {
            _query.AddRange(ReadLists(ref json));
        }
        else if (json.ValueTextEquals("multiValueHeaders"u8))
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

    /// <summary>Does the same as <see cref="TryReadProperty"/> for <c>requestContext</c>.</summary>
    public bool TryReadContextProperty(ref Utf8JsonReader json)
    {
        if (!json.ValueTextEquals("identity"u8))
        {
            return false;
        }

        _userArn = json.TryReadStartObject() ? json.ReadStringProperty("userArn"u8) : null;
        return true;
    }

    /// <summary>Translates the event to payload format 2.0.</summary>
    public void CopyTo(APIGatewayHttpApiV2ProxyRequest request)
    {
        request.RouteKey = $"{_httpMethod} {_resource}";
        request.Headers = _headers ?? request.Headers;

        // A REST API passes the query decoded.
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
        if (!json.TryReadStartObject())
        {
            return values;
        }

        while (json.ReadName())
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
