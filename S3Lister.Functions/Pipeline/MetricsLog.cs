using System.Text;
using S3Lister.Listing.S3;
using S3Lister.Listing.Text;

namespace S3Lister.Functions.Pipeline;

/// <summary>
/// Writes one record for each request in CloudWatch's embedded metric format, directly to standard output: the runtime
/// would wrap text from the console or the logger in a log line, and CloudWatch would not extract the metrics.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html"/>
internal sealed class MetricsLog(Stream output, TimeProvider time)
{
    public const string Namespace = "S3Lister";

    private static readonly (string Name, string Unit, Func<RequestRecord, double> Value)[] Metrics =
    [
        ("Listed", "Count", static record => record.Listed),
        ("Scanned", "Count", static record => record.Cost.Scanned),
        ("S3Requests", "Count", static record => record.Cost.Requests),
        ("S3Latency", "Milliseconds", static record => record.Cost.Time.TotalMilliseconds),
        ("ResponseBytes", "Bytes", static record => record.Bytes),
        ("UpstreamFailures", "Count", static record => record.Upstream is { IsTransient: false } ? 1 : 0),
        ("UpstreamUnavailable", "Count", static record => record.Upstream is { IsTransient: true, Cause: not UpstreamCause.Throttled } ? 1 : 0),
        ("Throttles", "Count", static record => record.Upstream is { Cause: UpstreamCause.Throttled } ? 1 : 0),
        ("ColdStarts", "Count", static record => record.IsCold ? 1 : 0),
    ];

    private static readonly byte[] Directive = Encoding.UTF8.GetBytes(
        $$"""
        {"Namespace":"{{Namespace}}","Dimensions":[["Route"]],"Metrics":[{{string.Join(
            ',', Metrics.Select(metric => $$"""{"Name":"{{metric.Name}}","Unit":"{{metric.Unit}}"}"""))}}]}
        """);

    public void Write(RequestRecord record)
    {
        using Utf8Buffer line = new();
        JsonWriter json = new(line);
        json.StartObject();
        json.StartObject("_aws"u8);
        json.Number("Timestamp"u8, time.GetUtcNow().ToUnixTimeMilliseconds());
        json.Array("CloudWatchMetrics"u8, Directive);
        json.EndObject();
        json.String("Route"u8, record.Route);
        foreach (var (name, _, value) in Metrics)
        {
            json.Number(Encoding.ASCII.GetBytes(name), value(record));
        }

        json.String("requestId"u8, record.GatewayRequestId);
        json.EndObject();
        line.Append("\n"u8);
        output.Write(line.Written);
        output.Flush();
    }
}
