using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Logs;

/// <summary>The lines that API Gateway writes to an access log in the template's format.</summary>
internal static partial class AccessLog
{
    /// <summary>Variables that are always numbers, so they need no quotes.</summary>
    private static readonly string[] Numbers = ["requestTimeEpoch", "status", "responseLength", "responseLatency", "dataProcessed"];

    /// <summary>The formats of the templates, with their resources.</summary>
    public static IEnumerable<(Resource Resource, string Format)> Formats(TemplateSet set) => set
        .Rendered("AWS::Serverless::HttpApi", "AWS::Serverless::Api", "AWS::ApiGatewayV2::Stage", "AWS::ApiGateway::Stage")
        .Select(resource => (resource, (resource["AccessLogSettings"] ?? resource["AccessLogSetting"])?["Format"].Scalar() ?? ""));

    /// <summary>The line of a request; other variables are <c>-</c>, or 0 if they are numbers.</summary>
    public static string Line(string format, params (string Variable, string Value)[] values) => Variable().Replace(format, match =>
    {
        var name = match.Groups["name"].Value;
        return values.FirstOrDefault(value => value.Variable == name).Value ?? (Numbers.Contains(name) ? "0" : "-");
    });

    public static JsonObject? Parse(string line)
    {
        try
        {
            return JsonNode.Parse(line) as JsonObject;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    /// <summary>Lines in the format of a stage, by what happened.</summary>
    public static IReadOnlyDictionary<string, string[]> Lines(TemplateSet set, string stage = "AnnotationsHttpApi")
    {
        var format = Formats(set).First(format => format.Resource.Id == stage).Format;
        string[] Of(string status, string route, string latency, string functionStatus, string api = "api123") =>
        [
            Line(format, ("status", status), ("routeKey", route), ("responseLatency", latency), ("integration.status", functionStatus), ("apiId", api),
                ("identity.userArn", "arn:aws:sts::123456789012:assumed-role/team-a/alice"), ("identity.sourceIp", "192.0.2.1")),
        ];

        return new Dictionary<string, string[]>
        {
            ["Succeeded"] = Of("200", "GET /objects", "12", "200"),
            ["Slow"] = Of("200", "GET /objects", "1001", "200"),
            ["Summary"] = Of("200", "GET /summary", "9000", "200"),
            ["NotFound"] = Of("404", "-", "1", "-"),
            ["DeniedByIam"] = Of("403", "-", "1", "-"),
            ["RefusedByGrant"] = Of("403", "GET /objects", "9", "403"),
            ["FunctionFailed"] = Of("502", "GET /objects", "40", "502"),
            ["GatewayFailed"] = Of("503", "GET /objects", "30", "-"),
            ["Unavailable"] = Of("503", "GET /objects", "40", "503"),
            ["TooManyRequests"] = Of("429", "-", "1", "-"),
            ["TokenFailed"] = Of("500", "GET /summary", "40", "500", "tokens456"),
            ["TokenUnavailable"] = Of("503", "GET /summary", "40", "503", "tokens456"),
        };
    }

    [GeneratedRegex(@"\$context\.(?<name>[A-Za-z][\w.]*\w)")]
    private static partial Regex Variable();
}
