using System.Text;
using System.Text.Json;

namespace S3Lister.Local.Gateway;

/// <summary>
/// Reads a function's response of payload format 2.0. An object with a <c>statusCode</c> is an envelope; anything else,
/// JSON or not, is the body of a 200. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
/// </summary>
internal static class ProxyResponse
{
    private const string ContentType = "content-type";

    // API Gateway sets these itself: connection and framing of the body.
    private static readonly HashSet<string> NotForwarded = new(StringComparer.OrdinalIgnoreCase)
    {
        "connection", "content-length", "keep-alive", "transfer-encoding", "upgrade",
    };

    public static GatewayResponse Read(ReadOnlyMemory<byte> payload)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(payload);
        }
        catch (JsonException)
        {
            return Inferred(payload);
        }

        using (document)
        {
            return document.RootElement switch
            {
                { ValueKind: JsonValueKind.Object } root when root.TryGetProperty("statusCode", out var status) =>
                    ReadEnvelope(root, status) ?? GatewayResponses.InternalServerError,
                { ValueKind: JsonValueKind.String } text => Inferred(Encoding.UTF8.GetBytes(text.GetString()!)),
                _ => Inferred(payload),
            };
        }
    }

    private static GatewayResponse Inferred(ReadOnlyMemory<byte> body) => new()
    {
        StatusCode = StatusCodes.Status200OK,
        Headers = [new(ContentType, "application/json")],
        Body = body,
    };

    // Null where the envelope is malformed.
    private static GatewayResponse? ReadEnvelope(JsonElement root, JsonElement status)
    {
        if (status.ValueKind != JsonValueKind.Number || !status.TryGetInt32(out var statusCode)
            || statusCode is < 200 or > 599
            || ReadHeaders(root) is not { } headers
            || ReadCookies(root) is not { } cookies
            || ReadBody(root) is not { } body)
        {
            return null;
        }

        if (!headers.Exists(header => header.Key.Equals(ContentType, StringComparison.OrdinalIgnoreCase)))
        {
            headers.Add(new(ContentType, "text/plain; charset=utf-8"));
        }

        return new GatewayResponse { StatusCode = statusCode, Headers = headers, Cookies = cookies, Body = body };
    }

    private static List<KeyValuePair<string, string>>? ReadHeaders(JsonElement root)
    {
        var headers = new List<KeyValuePair<string, string>>();
        if (!TryGet(root, "headers", out var element))
        {
            return headers;
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var header in element.EnumerateObject())
        {
            if (header.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array
                || !IsName(header.Name) || !IsValue(header.Value.ToString()))
            {
                return null;
            }

            if (!NotForwarded.Contains(header.Name) && header.Value.ValueKind != JsonValueKind.Null)
            {
                headers.Add(new(header.Name, header.Value.ToString()));
            }
        }

        return headers;
    }

    private static List<string>? ReadCookies(JsonElement root)
    {
        var cookies = new List<string>();
        if (!TryGet(root, "cookies", out var element))
        {
            return cookies;
        }

        if (element.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        foreach (var cookie in element.EnumerateArray())
        {
            if (cookie.ValueKind != JsonValueKind.String || !IsValue(cookie.GetString()!))
            {
                return null;
            }

            cookies.Add(cookie.GetString()!);
        }

        return cookies;
    }

    private static byte[]? ReadBody(JsonElement root)
    {
        var isBase64 = TryGet(root, "isBase64Encoded", out var flag) && flag.ValueKind == JsonValueKind.True;
        if (!TryGet(root, "body", out var body))
        {
            return [];
        }

        if (body.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        return !isBase64 ? Encoding.UTF8.GetBytes(body.GetString()!)
            : body.TryGetBytesFromBase64(out var bytes) ? bytes
            : null;
    }

    private static bool IsName(string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c));

    private static bool IsValue(string value) => !value.Any(c => char.IsControl(c) && c != '\t');

    private static bool TryGet(JsonElement root, string name, out JsonElement value) =>
        root.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
}
