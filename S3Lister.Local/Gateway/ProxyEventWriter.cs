using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using S3Lister.Local.SigV4;

namespace S3Lister.Local.Gateway;

/// <summary>
/// Writes an event of payload format 2.0. What is empty is left out, as in API Gateway's events.
/// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
/// </summary>
internal static class ProxyEventWriter
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    // Written as null, where a null reference is left out.
    private static readonly JsonElement Null = JsonElement.Parse("null");

    public static ReadOnlyMemory<byte> Write(ProxyEvent source)
    {
        var request = source.Request;
        var headers = EventHeaders.Build(source);
        var host = headers.GetValueOrDefault("host", "");
        var (body, isBase64) = Body(request);
        return JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                version = "2.0",
                routeKey = source.Match.Route.Key,
                rawPath = source.Path,
                rawQueryString = request.Query,
                cookies = request.Header("cookie")?.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
                headers,
                queryStringParameters = OrNull(QueryParameters(request.Query)),
                requestContext = new
                {
                    accountId = source.AccountId,
                    apiId = source.ApiId,
                    authorizer = source.Caller is { } caller ? new { iam = Iam(caller) } : null,
                    domainName = host,
                    domainPrefix = host.Split('.')[0],
                    http = new
                    {
                        method = request.Method,
                        path = source.Path,
                        protocol = source.Protocol,
                        sourceIp = source.SourceIp,
                        userAgent = headers.GetValueOrDefault("user-agent", ""),
                    },
                    requestId = source.RequestId,
                    routeKey = source.Match.Route.Key,
                    stage = "$default",
                    time = source.Time.UtcDateTime.ToString("dd/MMM/yyyy:HH:mm:ss '+0000'", CultureInfo.InvariantCulture),
                    timeEpoch = source.Time.ToUnixTimeMilliseconds(),
                },
                pathParameters = OrNull(source.Match.PathParameters),
                body,
                isBase64Encoded = isBase64,
            },
            Options);
    }

    private static object Iam(Identity caller) => new
    {
        accessKey = caller.AccessKeyId,
        accountId = caller.AccountId,
        callerId = caller.UserId,
        cognitoIdentity = Null,
        principalOrgId = caller.PrincipalOrgId is { } organization ? JsonSerializer.SerializeToElement(organization) : Null,
        userArn = caller.UserArn,
        userId = caller.UserId,
    };

    private static IReadOnlyDictionary<string, string>? OrNull(IReadOnlyDictionary<string, string> values) =>
        values.Count == 0 ? null : values;

    private static Dictionary<string, string> QueryParameters(string query) =>
        RawQuery.Parse(query)
            .GroupBy(part => UriEncoding.DecodeText(part.Name, plusIsSpace: true), part => UriEncoding.DecodeText(part.Value, plusIsSpace: true))
            .ToDictionary(group => group.Key, group => string.Join(',', group));

    private static (string? Body, bool IsBase64) Body(SignedRequest request)
    {
        var body = request.Body.GetValueOrDefault().Span;
        return body.IsEmpty ? (null, false)
            : Text(request.Header("content-type"), body) is { } text ? (text, false)
            : (Convert.ToBase64String(body), true);
    }

    // Null for what is not text: a form counts as binary, and so does text that is not UTF-8.
    private static string? Text(string? contentType, ReadOnlySpan<byte> body)
    {
        var type = contentType?.Split(';')[0].Trim().ToLowerInvariant();
        var isText = type is null or "application/json" or "application/xml" or "application/javascript"
            || type.StartsWith("text/", StringComparison.Ordinal)
            || type.EndsWith("+json", StringComparison.Ordinal)
            || type.EndsWith("+xml", StringComparison.Ordinal);
        return isText && System.Text.Unicode.Utf8.IsValid(body) ? Encoding.UTF8.GetString(body) : null;
    }
}
