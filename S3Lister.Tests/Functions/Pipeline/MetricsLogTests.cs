using System.Net;
using System.Text;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.S3;

namespace S3Lister.Tests.Functions.Pipeline;

public sealed class MetricsLogTests
{
    private readonly S3Double _s3 = new();

    [Fact]
    public async Task Request_Has_One_Record_In_The_Embedded_Metric_Format()
    {
        _s3.Responds(["a", "b"], "next", ["c/"]);

        var response = await _s3.GetObjectsAsync("max-keys=3&delimiter=%2F");

        var record = Assert.Single(Records());
        var directive = record.GetProperty("_aws").GetProperty("CloudWatchMetrics")[0];
        Assert.Equal("S3Lister", directive.GetProperty("Namespace").GetString());
        Assert.Equal("[[\"Route\"]]", directive.GetProperty("Dimensions").GetRawText());
        Assert.InRange(record.GetProperty("_aws").GetProperty("Timestamp").GetInt64(), 1_700_000_000_000, 10_000_000_000_000);
        foreach (var metric in directive.GetProperty("Metrics").EnumerateArray())
        {
            Assert.Equal(JsonValueKind.Number, record.GetProperty(metric.GetProperty("Name").GetString()!).ValueKind);
        }

        Assert.Equal("GET /objects", record.GetProperty("Route").GetString());
        Assert.Equal(3, record.GetProperty("Listed").GetDouble());
        Assert.Equal(3, record.GetProperty("Scanned").GetDouble());
        Assert.Equal(1, record.GetProperty("S3Requests").GetDouble());
        Assert.Equal(response.Bytes, record.GetProperty("ResponseBytes").GetInt64());
        Assert.Equal(0, record.GetProperty("UpstreamFailures").GetDouble());
    }

    [Fact]
    public async Task Only_The_First_Request_Of_A_Process_Is_Cold()
    {
        _s3.Responds([]).Responds([]);

        await _s3.GetObjectsAsync();
        await _s3.GetObjectsAsync();

        Assert.Equal([1, 0], Records().Select(record => record.GetProperty("ColdStarts").GetDouble()));
    }

    [Fact]
    public async Task Failures_And_Throttles_Of_S3_Are_Counted_Separately()
    {
        _s3.Throws(new AmazonS3Exception("no", ErrorType.Sender, "AccessDenied", "1", HttpStatusCode.Forbidden))
            .Throws(new AmazonS3Exception("slow", ErrorType.Sender, "SlowDown", "1", HttpStatusCode.ServiceUnavailable))
            .Throws(new AmazonS3Exception("no", ErrorType.Sender, "NoSuchBucket", "1", HttpStatusCode.NotFound))
            .Throws(new AmazonS3Exception("oh", ErrorType.Receiver, "InternalError", "1", HttpStatusCode.InternalServerError))
            .Throws(new HttpRequestException("reset"));

        await _s3.GetObjectsAsync();
        await _s3.GetObjectsAsync();
        await _s3.GetHealthAsync();
        await _s3.GetObjectsAsync();
        await _s3.GetSummaryAsync();

        Assert.Equal([1, 0, 1, 0, 0], Records().Select(record => record.GetProperty("UpstreamFailures").GetDouble()));
        Assert.Equal([0, 0, 0, 1, 1], Records().Select(record => record.GetProperty("UpstreamUnavailable").GetDouble()));
        Assert.Equal([0, 1, 0, 0, 0], Records().Select(record => record.GetProperty("Throttles").GetDouble()));
        Assert.Equal([1, 1, 1, 1, 1], Records().Select(record => record.GetProperty("S3Requests").GetDouble()));
    }

    [Fact]
    public async Task Failure_That_Ended_A_Page_Is_Counted_When_The_Page_Is_Returned()
    {
        _s3.Responds(["a"], "next").Throws(new HttpRequestException("reset"));

        var response = await _s3.GetObjectsAsync("max-keys=1001");

        Assert.Equal(200, response.Status);
        Assert.Equal(1, Assert.Single(Records()).GetProperty("UpstreamUnavailable").GetDouble());
    }

    private JsonElement[] Records() =>
        [.. Encoding.UTF8.GetString(_s3.Metrics.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
}
