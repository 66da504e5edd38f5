using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using S3Lister.Tests.Support;

namespace S3Lister.Tests.Listing;

/// <summary>A hostile S3: each answer that is no listing is a 502, never an empty success and never a loop.</summary>
public sealed class S3AnswerTests
{
    private readonly S3Double _s3 = new();

    public static TheoryData<string, Action<ListObjectsV2Response>> NotTheListing => new()
    {
        { "no Name: an HTML page with status 200", answer => answer.Name = null },
        { "no IsTruncated", answer => answer.IsTruncated = null },
        { "another bucket", answer => answer.Name = "another-bucket" },
        { "another prefix", answer => answer.Prefix = "other%2F" },
        { "no prefix", answer => answer.Prefix = null },
        { "another delimiter", answer => answer.Delimiter = "-" },
        { "no delimiter", answer => answer.Delimiter = null },
        { "another start-after", answer => answer.StartAfter = "zzz" },
        { "another max-keys", answer => answer.MaxKeys = 1000 },
        { "no max-keys", answer => answer.MaxKeys = null },
        { "truncated without a token", answer => answer.IsTruncated = true },
        { "truncated with an empty token", answer => (answer.IsTruncated, answer.NextContinuationToken) = (true, "") },
        { "more than asked for", answer => answer.CommonPrefixes = ["logs%2F1%2F", "logs%2F2%2F", "logs%2F3%2F"] },
        { "an object without a key", answer => answer.S3Objects[0].Key = null },
        { "an object without a size", answer => answer.S3Objects[0].Size = null },
        { "an object without a date", answer => answer.S3Objects[0].LastModified = null },
        { "a key that is not encoded as it says", answer => answer.S3Objects[0].Key = "logs%2" },
        { "a key that is no UTF-8", answer => answer.S3Objects[0].Key = "logs%2F%FF" },
        { "a prefix that is not encoded as it says", answer => answer.CommonPrefixes = ["logs%ZZ"] },
    };

    [Theory]
    [MemberData(nameof(NotTheListing))]
    public async Task Answer_Is_502_When_It_Is_Not_The_Listing_Asked_For(string what, Action<ListObjectsV2Response> change)
    {
        _s3.Answers(["logs/b"], change: change);

        var answer = await _s3.GetObjectsAsync("prefix=logs%2F&delimiter=%2F&start-after=logs%2Fa&max-keys=3");

        Assert.True(answer.Status == 502, what);
        Assert.Equal("UpstreamFailure", answer.Json.GetProperty("code").GetString());
        Assert.Single(_s3.Requests);
    }

    [Fact]
    public async Task Answer_Is_A_Listing_When_Nothing_Of_It_Is_Changed()
    {
        _s3.Answers(["logs/b"]);

        var answer = await _s3.GetObjectsAsync("prefix=logs%2F&delimiter=%2F&start-after=logs%2Fa&max-keys=3");

        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task Answer_Is_502_When_The_Same_Token_Comes_Twice()
    {
        _s3.Answers(["a"], "same").Answers(["b"], "same");

        var answer = await _s3.GetObjectsAsync();

        Assert.Equal(502, answer.Status);
        Assert.Equal(2, _s3.Requests.Count);
    }

    [Fact]
    public async Task Keys_Are_Taken_As_They_Are_When_The_Answer_Says_No_Encoding()
    {
        _s3.Answers(["a"], change: answer =>
        {
            answer.Encoding = null;
            answer.S3Objects[0].Key = "100%25+1";
        });

        var answer = await _s3.GetObjectsAsync();

        Assert.Equal("100%25+1", answer.Json.GetProperty("contents")[0].GetProperty("key").GetString());
    }

    [Fact]
    public async Task Echo_May_Stand_As_It_Was_Asked()
    {
        _s3.Answers([], change: answer => (answer.Prefix, answer.StartAfter) = ("100%/", "100%/a+b"));

        var answer = await _s3.GetObjectsAsync("prefix=100%25%2F&start-after=100%25%2Fa%2Bb");

        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task Token_Of_S3_Is_Never_Decoded()
    {
        _s3.Answers(["a"], "1%2B+%20").Answers([]);

        await _s3.GetObjectsAsync();

        Assert.Equal("1%2B+%20", _s3.Requests[1].ContinuationToken);
    }

    public static TheoryData<HttpStatusCode, string, int, string> Refusals => new()
    {
        { HttpStatusCode.MovedPermanently, "PermanentRedirect", 502, "WrongRegion" },
        { HttpStatusCode.BadRequest, "AuthorizationHeaderMalformed", 502, "WrongRegion" },
        { HttpStatusCode.BadRequest, "InvalidArgument", 502, "Rejected" },
        { HttpStatusCode.Forbidden, "AccessDenied", 502, "AccessDenied" },
        { HttpStatusCode.NotFound, "NoSuchBucket", 502, "NoSuchBucket" },
        { HttpStatusCode.NotFound, "", 502, "Rejected" },
        { HttpStatusCode.InternalServerError, "InternalError", 502, "ServerError" },
        { HttpStatusCode.ServiceUnavailable, "SlowDown", 503, "Throttled" },
        { HttpStatusCode.ServiceUnavailable, "ServiceUnavailable", 503, "Throttled" },
        { HttpStatusCode.TooManyRequests, "TooManyRequests", 503, "Throttled" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Refusal_Of_S3_Has_The_Status_Of_The_Table(HttpStatusCode status, string code, int expected, string cause)
    {
        const string Message = "S3 says more than a caller may know";
        _s3.Throws(new AmazonS3Exception(Message, ErrorType.Sender, code, "4442587FB7D0A2F9", status));
        FunctionContext context = new();

        var answer = await _s3.GetObjectsAsync("", context);

        Assert.Equal(expected, answer.Status);
        Assert.Equal(expected == 503 ? "SlowDown" : "UpstreamFailure", answer.Json.GetProperty("code").GetString());
        Assert.Equal(expected == 503, answer.Headers.ContainsKey("retry-after"));
        Assert.DoesNotContain(Message, answer.Body, StringComparison.Ordinal);
        var line = Assert.Single(context.Log.Lines, line => line.Level == "Error");
        Assert.Contains(line.Arguments, argument => argument is string text && text.StartsWith(cause, StringComparison.Ordinal)
            && text.Contains("4442587FB7D0A2F9", StringComparison.Ordinal));
    }

    public static TheoryData<Exception> Breaks => [
        new AmazonClientException("Unable to get credentials"),
        new HttpRequestException("Connection refused"),
        new IOException("The response ended prematurely."),
        new AmazonUnmarshallingException("4442587FB7D0A2F9", "ListBucketResult", new System.Xml.XmlException("Data at the root level is invalid.")),
        new TaskCanceledException("The HTTP client's own time-out"),
        new TimeoutException(),
    ];

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task Answer_Is_502_When_The_Connection_Breaks(Exception exception)
    {
        _s3.Throws(exception);

        var answer = await _s3.GetObjectsAsync();

        Assert.Equal(502, answer.Status);
        Assert.DoesNotContain(exception.Message, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_Is_500_When_The_Fault_Is_Ours()
    {
        _s3.Throws(new InvalidOperationException("a fault of ours"));

        var answer = await _s3.GetObjectsAsync();

        Assert.Equal(500, answer.Status);
        Assert.Equal("InternalError", answer.Json.GetProperty("code").GetString());
        Assert.DoesNotContain("a fault of ours", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_Is_400_When_S3_Does_Not_Know_Its_Own_Token()
    {
        _s3.Answers(["a"], "one").Throws(new AmazonS3Exception(
            "The continuation token provided is incorrect", ErrorType.Sender, "InvalidArgument", "1", HttpStatusCode.BadRequest));
        var first = await _s3.GetObjectsAsync("max-keys=1");

        var answer = await _s3.GetObjectsAsync($"continuation-token={first.Json.GetProperty("nextContinuationToken").GetString()}");

        Assert.Equal(400, answer.Status);
        Assert.Equal("InvalidContinuationToken", answer.Json.GetProperty("code").GetString());
        Assert.Equal("continuation-token", answer.Json.GetProperty("parameter").GetString());
    }
}
