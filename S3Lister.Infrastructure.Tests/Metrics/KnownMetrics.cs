using System.Text.Json;
using S3Lister.Infrastructure.Tests.Logs;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Metrics;

/// <summary>The metrics that exist: AWS's own, those that the handlers write, and those of the templates' filters.</summary>
internal sealed class KnownMetrics
{
    private static readonly (string Namespace, string[] Names, string[] Dimensions)[] OfAws =
    [
        ("AWS/ApiGateway", ["Count", "4xx", "5xx", "Latency", "IntegrationLatency", "DataProcessed"], ["ApiId", "ApiId Stage", "ApiId Method Resource Stage"]),
        ("AWS/ApiGateway", ["Count", "4XXError", "5XXError", "Latency", "IntegrationLatency", "CacheHitCount", "CacheMissCount"], ["ApiName", "ApiName Stage", "ApiName Method Resource Stage"]),
        ("AWS/Lambda", ["Invocations", "Errors", "Throttles", "Duration", "ConcurrentExecutions"], ["", "FunctionName", "FunctionName Resource", "ExecutedVersion FunctionName Resource"]),
        ("AWS/Lambda", ["UnreservedConcurrentExecutions", "ClaimedAccountConcurrency"], [""]),
        ("AWS/S3", ["AllRequests", "ListRequests", "GetRequests", "4xxErrors", "5xxErrors", "FirstByteLatency", "TotalRequestLatency", "BytesDownloaded"], ["BucketName FilterId"]),
        ("AWS/S3", ["BucketSizeBytes", "NumberOfObjects"], ["BucketName StorageType"]),
        ("AWS/WAFV2", ["AllowedRequests", "BlockedRequests", "CountedRequests"], ["Region Rule WebACL", "Rule WebACL"]),
        ("AWS/Firehose", ["DeliveryToAmazonOpenSearchServerless.Success", "DeliveryToAmazonOpenSearchServerless.DataFreshness", "IncomingRecords", "ThrottledRecords"], ["DeliveryStreamName"]),
    ];

    private readonly HashSet<string> _known = [];

    public KnownMetrics(TemplateSet set, IEnumerable<JsonElement> records)
    {
        foreach (var (space, names, dimensions) in OfAws)
        {
            _known.UnionWith(names.SelectMany(name => dimensions.Select(keys => $"{space} {name} {keys}")));
        }

        foreach (var directive in records.Select(record => record.GetProperty("_aws").GetProperty("CloudWatchMetrics")[0]))
        {
            var keys = string.Join(' ', directive.GetProperty("Dimensions")[0].EnumerateArray().Select(key => key.GetString()).Order(StringComparer.Ordinal));
            _known.UnionWith(directive.GetProperty("Metrics").EnumerateArray()
                .Select(metric => $"{directive.GetProperty("Namespace").GetString()} {metric.GetProperty("Name").GetString()} {keys}"));
        }

        foreach (var made in set.Rendered("AWS::Logs::MetricFilter").SelectMany(filter => filter["MetricTransformations"].Items()))
        {
            var keys = string.Join(' ', made["Dimensions"].Items().Select(item => (string)item["Key"]!).Order(StringComparer.Ordinal));
            _known.Add($"{made["MetricNamespace"]} {made["MetricName"]} {keys}");
        }
    }

    public static KnownMetrics Of(TemplateSet set) => new(set, FunctionLog.Current.Result.Records);

    public bool Has(string space, string name, IEnumerable<string> dimensions) =>
        _known.Contains($"{space} {name} {string.Join(' ', dimensions.Order(StringComparer.Ordinal))}");
}
