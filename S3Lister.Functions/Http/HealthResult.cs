using System.Net;
using S3Lister.Functions.Health;
using S3Lister.Functions.S3;

namespace S3Lister.Functions.Http;

/// <summary>200 with the bucket's region and the code's version, or 503 with the class of the cause.</summary>
internal sealed class HealthResult(HealthReport report)
    : HttpResult(report.Failure is null ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable, "application/json")
{
    public override string? Code => report.Failure?.Cause.ToString();

    public override UpstreamException? Upstream => report.Failure;

    protected override void WriteBody(Utf8Buffer body)
    {
        body.Append("{\"status\":"u8);
        body.AppendString(report.Failure is null ? "ready" : "unavailable");
        body.Append(",\"cause\":"u8);
        body.AppendString(report.Failure?.Cause.ToString());
        body.Append(",\"region\":"u8);
        body.AppendString(report.Region);
        body.Append(",\"version\":"u8);
        body.AppendString(HealthCheck.Version);
        body.Append("}"u8);
    }
}
