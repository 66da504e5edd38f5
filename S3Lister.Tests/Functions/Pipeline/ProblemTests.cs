using System.Net;
using Amazon.Runtime;
using Amazon.S3;

namespace S3Lister.Tests.Functions.Pipeline;

/// <summary>The problems as callers see them.</summary>
public sealed class ProblemTests
{
    private readonly S3Double _s3 = new(options => options with { Grants = [new(GatewayEvent.UserArn, [""])] });

    [Theory]
    [InlineData(400, "InvalidParameter", "max-keys=0")]
    [InlineData(400, "InvalidContinuationToken", "continuation-token=a")]
    [InlineData(403, "PrefixNotAllowed", "", "arn:aws:iam::123456789012:user/bob")]
    [InlineData(406, "NotAcceptable", "", GatewayEvent.UserArn, "text/html")]
    public Task Problem_Of_The_Caller_Says_What_Would_Be_Valid(
        int status, string code, string query, string userArn = GatewayEvent.UserArn, string accept = "") =>
        CheckAsync(status, code, GatewayEvent.Get("/objects", query, userArn, headers: ("accept", accept)));

    [Theory]
    [InlineData(502, "UpstreamFailure", HttpStatusCode.Forbidden)]
    [InlineData(503, "SlowDown", HttpStatusCode.ServiceUnavailable)]
    public Task Problem_Of_S3_Says_What_To_Do(int status, string code, HttpStatusCode response)
    {
        _s3.Throws(new AmazonS3Exception("no", ErrorType.Sender, "", "1", response));

        return CheckAsync(status, code, GatewayEvent.Get("/objects"));
    }

    [Fact]
    public Task Problem_Of_The_Service_Says_Where_The_Cause_Is()
    {
        _s3.Throws(new InvalidOperationException());

        return CheckAsync(500, "InternalError", GatewayEvent.Get("/objects"));
    }

    [Fact]
    public Task Problem_Of_The_Deadline_Says_That_A_Retry_May_Succeed() =>
        CheckAsync(504, "DeadlineExceeded", GatewayEvent.Get("/objects"), new FunctionContext { RemainingTime = TimeSpan.Zero });

    private async Task CheckAsync(
        int status, string code, Amazon.Lambda.APIGatewayEvents.APIGatewayHttpApiV2ProxyRequest request, FunctionContext? context = null)
    {
        if (status == 504)
        {
            _s3.Hangs();
        }

        var response = Envelope.Of(await _s3.Functions.ListObjects(request, context ?? new FunctionContext()));

        Assert.Equal(status, response.Status);
        Assert.Equal("application/problem+json", response.Headers["content-type"]);
        Assert.Equal(status, response.Json.GetProperty("status").GetInt32());
        Assert.Equal(code, response.Code);
        Assert.Equal($"urn:s3lister:problem:{code}", response.Json.GetProperty("type").GetString());
        Assert.Equal($"urn:s3lister:request:{GatewayEvent.RequestId}", response.Json.GetProperty("instance").GetString());
        Assert.Equal(GatewayEvent.RequestId, response.Json.GetProperty("requestId").GetString());

        // The title repeats the code in words, and the detail is one or two sentences.
        Assert.Equal(code, string.Concat(response.Json.GetProperty("title").GetString()!.Split(' ').Select(Capital)));
        Assert.Matches(@"^[A-Za-z].*[a-z].*\.$", response.Json.GetProperty("detail").GetString());
    }

    private static string Capital(string word) => $"{char.ToUpperInvariant(word[0])}{word[1..]}";
}
