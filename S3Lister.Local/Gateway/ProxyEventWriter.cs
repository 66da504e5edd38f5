using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using S3Lister.Local.SigV4;

namespace S3Lister.Local.Gateway;

/// <summary>
/// Writes an event of payload format 2.0. What is empty is left out, as in API Gateway's events.
/// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
/// </summary>
internal static class ProxyEventWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public static ReadOnlyMemory<byte> Write(ProxyEvent source)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using var json = new Utf8JsonWriter(buffer, Options);
        var headers = EventHeaders.Build(source);
        json.WriteStartObject();
        json.WriteString("version", "2.0");
        json.WriteString("routeKey", source.Match.Route.Key);
        json.WriteString("rawPath", source.Path);
        json.WriteString("rawQueryString", source.Request.Query);
        WriteCookies(json, source.Request);
        WriteMap(json, "headers", headers);
        WriteMap(json, "queryStringParameters", QueryParameters(source.Request.Query));
        WriteContext(json, source, headers);
        WriteMap(json, "pathParameters", source.Match.PathParameters);
        WriteBody(json, source.Request);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static void WriteCookies(Utf8JsonWriter json, SignedRequest request)
    {
        if (request.Header("cookie") is not { } cookies)
        {
            return;
        }

        json.WriteStartArray("cookies");
        foreach (var cookie in cookies.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            json.WriteStringValue(cookie);
        }

        json.WriteEndArray();
    }

    private static void WriteMap(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        json.WriteStartObject(name);
        foreach (var (key, value) in values)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static Dictionary<string, string> QueryParameters(string query)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (rawName, rawValue) in RawQuery.Parse(query))
        {
            var name = UriEncoding.DecodeText(rawName, plusIsSpace: true);
            var value = UriEncoding.DecodeText(rawValue, plusIsSpace: true);
            parameters[name] = parameters.TryGetValue(name, out var earlier) ? $"{earlier},{value}" : value;
        }

        return parameters;
    }

    private static void WriteContext(
        Utf8JsonWriter json, ProxyEvent source, IReadOnlyDictionary<string, string> headers)
    {
        var host = headers.GetValueOrDefault("host", "");
        json.WriteStartObject("requestContext");
        json.WriteString("accountId", source.AccountId);
        json.WriteString("apiId", source.ApiId);
        WriteAuthorizer(json, source.Caller);
        json.WriteString("domainName", host);
        json.WriteString("domainPrefix", host.Split('.')[0]);
        json.WriteStartObject("http");
        json.WriteString("method", source.Request.Method);
        json.WriteString("path", source.Path);
        json.WriteString("protocol", source.Protocol);
        json.WriteString("sourceIp", source.SourceIp);
        json.WriteString("userAgent", headers.GetValueOrDefault("user-agent", ""));
        json.WriteEndObject();
        json.WriteString("requestId", source.RequestId);
        json.WriteString("routeKey", source.Match.Route.Key);
        json.WriteString("stage", "$default");
        json.WriteString(
            "time", source.Time.UtcDateTime.ToString("dd/MMM/yyyy:HH:mm:ss '+0000'", CultureInfo.InvariantCulture));
        json.WriteNumber("timeEpoch", source.Time.ToUnixTimeMilliseconds());
        json.WriteEndObject();
    }

    private static void WriteAuthorizer(Utf8JsonWriter json, Identity? caller)
    {
        if (caller is null)
        {
            return;
        }

        json.WriteStartObject("authorizer");
        json.WriteStartObject("iam");
        json.WriteString("accessKey", caller.AccessKeyId);
        json.WriteString("accountId", caller.AccountId);
        json.WriteString("callerId", caller.UserId);
        json.WriteNull("cognitoIdentity");
        json.WriteString("principalOrgId", caller.PrincipalOrgId);
        json.WriteString("userArn", caller.UserArn);
        json.WriteString("userId", caller.UserId);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter json, SignedRequest request)
    {
        var body = request.Body.GetValueOrDefault().Span;
        var text = body.IsEmpty ? null : BodyText(request.Header("content-type"), body);
        if (text is not null)
        {
            json.WriteString("body", text);
        }
        else if (!body.IsEmpty)
        {
            json.WriteBase64String("body", body);
        }

        json.WriteBoolean("isBase64Encoded", text is null && !body.IsEmpty);
    }

    // Null for what is not text: a form counts as binary, and so does text that is not UTF-8.
    private static string? BodyText(string? contentType, ReadOnlySpan<byte> body)
    {
        var type = contentType?.Split(';')[0].Trim().ToLowerInvariant();
        var isText = type is null or "application/json" or "application/xml" or "application/javascript"
            || type.StartsWith("text/", StringComparison.Ordinal)
            || type.EndsWith("+json", StringComparison.Ordinal)
            || type.EndsWith("+xml", StringComparison.Ordinal);
        try
        {
            return isText ? new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body) : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
