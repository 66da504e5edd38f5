using System.Text.Json.Nodes;
using S3Lister.Infrastructure.Tests.Logs;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Rules;

/// <summary>
/// Which of the lines that the handlers and API Gateway write each filter counts: those of its cause and no others. A metric
/// filter of the observability stack that is not in the table is a finding too.
/// </summary>
internal static class FiltersMatchLines
{
    private static readonly Dictionary<string, string[]> OfFunctions = new()
    {
        ["S3AccessDenied"] = ["AccessDenied", "HealthDenied"],
        ["S3WrongBucket"] = ["NoSuchBucket", "WrongRegion"],
        ["S3Throttled"] = ["Throttled"],
        ["S3Unavailable"] = ["EndedEarly", "HealthUnavailable", "ServerError", "Unreachable"],
        ["S3Failed"] = ["InvalidAnswer", "Rejected"],
        ["DeadlineExceeded"] = ["Deadline"],
        ["PrefixNotAllowed"] = ["RefusedByGrant"],
        ["InternalError"] = ["InternalError"],
        ["Crashed"] = ["PlatformCrash", "PlatformTimeout"],
    };

    private static readonly Dictionary<string, string[]> OfAccess = new()
    {
        ["Denied"] = ["DeniedByIam", "RefusedByGrant"],
        ["GatewayFailed"] = ["GatewayFailed"],
        ["ListObjectsCalls"] = ["Answered", "AnsweredLate", "FunctionFailed", "GatewayFailed", "RefusedByGrant", "Unavailable"],
        ["ListObjectsSlow"] = ["AnsweredLate"],
        ["TooManyRequests"] = ["TooManyRequests"],
        ["Failed"] = ["FunctionFailed", "GatewayFailed"],
        ["Unavailable"] = ["Unavailable"],
        ["TokenFailed"] = ["FunctionFailed", "GatewayFailed", "TokenFailed"],
        ["TokenUnavailable"] = ["TokenUnavailable", "Unavailable"],
        ["RestFailed"] = ["FunctionFailed", "GatewayFailed", "TokenFailed"],
        ["RestUnavailable"] = ["TokenUnavailable", "Unavailable"],
    };

    public static IEnumerable<string> Check(TemplateSet set)
    {
        var functions = FunctionLog.Current.Result.Lines;
        var (access, rest, tokens) = (AccessLog.Lines(set), AccessLog.Lines(set, "Api"), AccessLog.Lines(set, "TokenStage"));
        foreach (var filter in set.Rendered("AWS::Logs::MetricFilter")
            .Where(filter => filter.Template is TemplateSet.Observability or TemplateSet.Service && filter.Id != "DeploymentFilter"))
        {
            var metric = (string)filter["MetricTransformations"]![0]!["MetricName"]!;
            var isAccess = ((string)filter["LogGroupName"]!).StartsWith("/aws/vendedlogs/", StringComparison.Ordinal);
            var expected = metric.EndsWith("Failures", StringComparison.Ordinal) ? Failures(functions)
                : (isAccess ? OfAccess : OfFunctions).GetValueOrDefault(metric);
            if (expected is null)
            {
                yield return $"{filter}: nobody says which lines are {metric}";
                continue;
            }

            var lines = !isAccess ? functions
                : metric.StartsWith("Rest", StringComparison.Ordinal) ? rest
                : metric.StartsWith("Token", StringComparison.Ordinal) ? tokens
                : access;
            var matched = Matches((string)filter["FilterPattern"]!, lines);
            if (matched is null || !matched.SequenceEqual(expected))
            {
                yield return $"{filter}: counts {string.Join(", ", matched ?? ["nothing"])}, not {string.Join(", ", expected)}";
            }
        }
    }

    /// <summary>
    /// The service's own failures, for which a deployment goes back: 500, 502 and 504, and a 503 of the health check for a cause
    /// that does not pass.
    /// </summary>
    private static string[] Failures(IReadOnlyDictionary<string, string[]> functions) =>
    [
        .. functions.Where(lines => lines.Key == "HealthDenied" || lines.Value.Any(line => line.Contains("\"status\":50", StringComparison.Ordinal)
            && (int?)JsonNode.Parse(line)!["status"] is 500 or 502 or 504)).Select(lines => lines.Key).Order(StringComparer.Ordinal),
    ];

    private static IEnumerable<string>? Matches(string pattern, IReadOnlyDictionary<string, string[]> lines)
    {
        try
        {
            FilterPattern filter = new(pattern);
            return lines.Where(line => line.Value.Any(filter.Matches)).Select(line => line.Key).Order(StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is FormatException or System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
