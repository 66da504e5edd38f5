using System.Net;
using Amazon.Runtime;
using Amazon.S3;

namespace S3Lister.Tests.Functions.Pipeline;

/// <summary>The table of errors, as callers see it.</summary>
public sealed class ProblemTests
{
    private readonly S3Double _s3 = new(options => options with { Grants = [new(GatewayEvent.UserArn, [""])] });

    [Theory]
    [InlineData(400, "InvalidParameter", "max-keys=0")]
    [InlineData(400, "InvalidContinuationToken", "continuation-token=a")]
    [InlineData(403, "PrefixNotAllowed", "", "arn:aws:iam::123456789012:user/bob")]
    [InlineData(406, "NotAcceptable", "", GatewayEvent.UserArn, "text/html")]
    public Task Problem_Of_The_Caller_Says_What_Would_Be_Right(
        int status, string code, string query, string userArn = GatewayEvent.UserArn, string accept = "") =>
        IsToldAsync(status, code, GatewayEvent.Get("/objects", query, userArn, headers: ("accept", accept)));

    [Theory]
    [InlineData(502, "UpstreamFailure", HttpStatusCode.Forbidden)]
    [InlineData(503, "SlowDown", HttpStatusCode.ServiceUnavailable)]
    public Task Problem_Of_S3s_Says_What_To_Do(int status, string code, HttpStatusCode answer)
    {
        _s3.Throws(new AmazonS3Exception("no", ErrorType.Sender, "", "1", answer));

        return IsToldAsync(status, code, GatewayEvent.Get("/objects"));
    }

    [Fact]
    public Task Problem_Of_Ours_Says_Where_The_Cause_Is()
    {
        _s3.Throws(new InvalidOperationException());

        return IsToldAsync(500, "InternalError", GatewayEvent.Get("/objects"));
    }

    [Fact]
    public Task Problem_Of_Time_Says_That_It_May_Be_Asked_Again() =>
        IsToldAsync(504, "DeadlineExceeded", GatewayEvent.Get("/objects"), new FunctionContext { RemainingTime = TimeSpan.Zero });

    private async Task IsToldAsync(
        int status, string code, Amazon.Lambda.APIGatewayEvents.APIGatewayHttpApiV2ProxyRequest request, FunctionContext? context = null)
    {
        if (status == 504)
        {
            _s3.Hangs();
        }

        var answer = Envelope.Of(await _s3.Functions.ListObjects(request, context ?? new FunctionContext()));

        Assert.Equal(status, answer.Status);
        Assert.Equal("application/problem+json", answer.Headers["content-type"]);
        Assert.Equal(status, answer.Json.GetProperty("status").GetInt32());
        Assert.Equal(code, answer.Json.GetProperty("code").GetString());
        Assert.Equal($"urn:s3lister:problem:{code}", answer.Json.GetProperty("type").GetString());
        Assert.Equal($"urn:s3lister:request:{GatewayEvent.RequestId}", answer.Json.GetProperty("instance").GetString());
        Assert.Equal(GatewayEvent.RequestId, answer.Json.GetProperty("requestId").GetString());

        // Words for a reader: the title says what the code says, the detail is a sentence or two.
        Assert.Equal(code, string.Concat(answer.Json.GetProperty("title").GetString()!.Split(' ').Select(Capital)));
        Assert.Matches(@"^[A-Za-z].*[a-z].*\.$", answer.Json.GetProperty("detail").GetString());
    }

    private static string Capital(string word) => $"{char.ToUpperInvariant(word[0])}{word[1..]}";
}
