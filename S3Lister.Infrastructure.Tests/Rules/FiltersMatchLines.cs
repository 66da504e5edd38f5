using System.Text.Json.Nodes;
using S3Lister.Infrastructure.Tests.Logs;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Rules;

/// <summary>
/// Each filter counts the lines of its cause and no others, among those that the handlers and API Gateway write. A metric
/// filter that is not in the table is also a finding.
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
        ["ListObjectsCalls"] = ["FunctionFailed", "GatewayFailed", "RefusedByGrant", "Slow", "Succeeded", "Unavailable"],
        ["ListObjectsSlow"] = ["Slow"],
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
                yield return $"{filter}: {metric} is not in the table";
                continue;
            }

            var lines = !isAccess ? functions
                : metric.StartsWith("Rest", StringComparison.Ordinal) ? rest
                : metric.StartsWith("Token", StringComparison.Ordinal) ? tokens
                : access;
            if (FilterPattern.Fault((string)filter["FilterPattern"]!) is not null)
            {
                continue; // FilterPatterns reports it.
            }

            FilterPattern pattern = new((string)filter["FilterPattern"]!);
            var matched = lines.Where(line => line.Value.Any(pattern.Matches)).Select(line => line.Key).Order(StringComparer.Ordinal).ToArray();
            if (!matched.SequenceEqual(expected))
            {
                yield return $"{filter}: counts {string.Join(", ", matched)}, not {string.Join(", ", expected)}";
            }
        }
    }

    /// <summary>
    /// The service's own failures, for which a deployment rolls back: 500, 502 and 504, and a 503 of the health check for a
    /// permanent cause.
    /// </summary>
    private static string[] Failures(IReadOnlyDictionary<string, string[]> functions) =>
    [
        .. functions.Where(lines => lines.Key == "HealthDenied" || lines.Value.Any(line => line.Contains("\"status\":50", StringComparison.Ordinal)
            && (int?)JsonNode.Parse(line)!["status"] is 500 or 502 or 504)).Select(lines => lines.Key).Order(StringComparer.Ordinal),
    ];
}
