using System.Text;
using S3Lister.Listing.S3;
using S3Lister.Listing.Text;

namespace S3Lister.Functions.Pipeline;

/// <summary>
/// One record a request in CloudWatch's embedded metric format. It goes to standard output as it is: what is written to
/// the console or the logger, the runtime would wrap in a line of its own, and CloudWatch would see no metric.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html"/>
internal sealed class MetricsLog(Stream output, TimeProvider time)
{
    public const string Namespace = "S3Lister";

    private const string Route = "Route";

    private static readonly (string Name, string Unit, Func<RequestRecord, double> Value)[] Metrics =
    [
        ("Listed", "Count", static summary => summary.Listed),
        ("Scanned", "Count", static summary => summary.Cost.Scanned),
        ("S3Requests", "Count", static summary => summary.Cost.Requests),
        ("S3Latency", "Milliseconds", static summary => summary.Cost.Time.TotalMilliseconds),
        ("ResponseBytes", "Bytes", static summary => summary.Bytes),
        ("UpstreamFailures", "Count", static summary => summary.Upstream is { IsTransient: false } ? 1 : 0),
        ("UpstreamUnavailable", "Count", static summary => summary.Upstream is { IsTransient: true, Cause: not UpstreamCause.Throttled } ? 1 : 0),
        ("Throttles", "Count", static summary => summary.Upstream is { Cause: UpstreamCause.Throttled } ? 1 : 0),
        ("ColdStarts", "Count", static summary => summary.IsCold ? 1 : 0),
    ];

    private static readonly byte[] Directive = Encoding.UTF8.GetBytes(
        $$"""
        ,"CloudWatchMetrics":[{"Namespace":"{{Namespace}}","Dimensions":[["{{Route}}"]],"Metrics":[{{string.Join(
            ',', Metrics.Select(metric => $$"""{"Name":"{{metric.Name}}","Unit":"{{metric.Unit}}"}"""))}}]}]}
        """);

    public void Write(RequestRecord summary)
    {
        using Utf8Buffer line = new();
        line.Append("{\"_aws\":{\"Timestamp\":"u8);
        line.AppendNumber(time.GetUtcNow().ToUnixTimeMilliseconds());
        line.Append(Directive);
        AppendName(line, Route);
        line.AppendString(summary.Route);
        foreach (var (name, _, value) in Metrics)
        {
            AppendName(line, name);
            line.AppendNumber(value(summary));
        }

        AppendName(line, "requestId");
        line.AppendString(summary.GatewayRequestId);
        line.Append("}\n"u8);
        output.Write(line.Written);
        output.Flush();
    }

    private static void AppendName(Utf8Buffer line, string name)
    {
        line.Append(","u8);
        line.AppendString(name);
        line.Append(":"u8);
    }
}
