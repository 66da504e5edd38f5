using System.Net;
using S3Lister.Functions.Gateway;
using S3Lister.Listing.S3;
using S3Lister.Listing.Text;

namespace S3Lister.Functions.Health;

/// <summary>200 with the bucket's region and the code's version, or 503 with the cause.</summary>
internal sealed class HealthResult(HealthReport report)
    : HttpResult(report.Failure is null ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable, MediaTypes.Json)
{
    public override string? Code => report.Failure?.Cause.ToString();

    public override UpstreamException? Upstream => report.Failure;

    protected override void WriteBody(Utf8Buffer body)
    {
        JsonWriter json = new(body);
        json.StartObject();
        json.String("status"u8, report.Failure is null ? "ready" : "unavailable");
        json.String("cause"u8, Code);
        json.String("region"u8, report.Region);
        json.String("version"u8, HealthCheck.Version);
        json.EndObject();
    }
}
