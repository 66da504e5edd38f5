using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace S3Lister.Tests.Listing.S3;

/// <summary>Each response of S3 that is not a valid listing is a 502, never an empty success and never a loop.</summary>
public sealed class ListingValidatorTests
{
    private readonly S3Double _s3 = new();

    /// <summary>What is wrong, what the log must say, and the change that causes it.</summary>
    public static TheoryData<string, string, Action<ListObjectsV2Response>> NotTheListing => new()
    {
        { "no IsTruncated", "IsTruncated", response => response.IsTruncated = null },
        { "another bucket", "another Name", response => response.Name = "another-bucket" },
        { "another prefix", "another Prefix", response => response.Prefix = "other%2F" },
        { "another delimiter", "another Delimiter", response => response.Delimiter = "-" },
        { "another start-after", "another StartAfter", response => response.StartAfter = "zzz" },
        { "another max-keys", "another MaxKeys", response => response.MaxKeys = 1000 },
        { "a max-keys of zero", "another MaxKeys", response => response.MaxKeys = 0 },
        { "truncated without a token", "without a token", response => response.IsTruncated = true },
        { "truncated with an empty token", "without a token", response => (response.IsTruncated, response.NextContinuationToken) = (true, "") },
        { "more than requested", "more entries than requested", response => response.CommonPrefixes = ["logs%2F1%2F", "logs%2F2%2F", "logs%2F3%2F"] },
        { "fewer than counted", "differs from its number of entries", response => response.KeyCount = 2 },
        { "more than counted", "differs from its number of entries", response => response.KeyCount = 0 },
        { "an object without a key", "an object without Key", response => response.S3Objects[0].Key = null },
        { "an object with an empty key", "an object without Key", response => response.S3Objects[0].Key = "" },
        { "an object without a size", "an object without Size", response => response.S3Objects[0].Size = null },
        { "an object with a negative size", "an object without Size", response => response.S3Objects[0].Size = -1 },
        { "an object without a date", "an object without LastModified", response => response.S3Objects[0].LastModified = null },
        { "a key that is not encoded as it says", "not encoded", response => response.S3Objects[0].Key = "logs%2" },
        { "a key that is not UTF-8", "not encoded", response => response.S3Objects[0].Key = "logs%2F%FF" },
        { "a key that is not under the prefix", "a key that is not", response => response.S3Objects[0].Key = "log" },
        { "a key that is not after start-after", "a key that is not after start-after", response => response.S3Objects[0].Key = "logs%2F0" },
        { "a key that is start-after", "a key that is not after start-after", response => response.S3Objects[0].Key = "logs%2F00" },
        { "a key twice", "keys that are not in order", response => response.S3Objects.Add(response.S3Objects[0]) },
        { "a key longer than 1024 bytes", "longer than S3's", response => response.S3Objects[0].Key = $"logs%2F{new string('k', 1020)}" },
        { "a key that the delimiter should have grouped", "should have grouped", response => response.S3Objects[0].Key = "logs%2Fa%2Fb" },
        { "a common prefix inside another", "a common prefix that does not follow", response => response.CommonPrefixes = ["logs%2F1%2F", "logs%2F1%2F2%2F"] },
        { "a common prefix that is not encoded as it says", "not encoded", response => response.CommonPrefixes = ["logs%ZZ"] },
        { "a common prefix that is not there", "a common prefix that does not follow", response => response.CommonPrefixes = [null] },
        { "a common prefix under another prefix", "a common prefix that does not follow", response => response.CommonPrefixes = ["sgol%2F1%2F"] },
        { "a common prefix that is the prefix", "a common prefix that does not follow", response => response.CommonPrefixes = ["logs%2F"] },
        { "a common prefix without the delimiter", "a common prefix that does not follow", response => response.CommonPrefixes = ["logs%2F1"] },
        { "a common prefix that is not after start-after", "a common prefix that is not in order", response => response.CommonPrefixes = ["logs%2F-%2F"] },
        { "a common prefix twice", "a common prefix that is not in order", response => response.CommonPrefixes = ["logs%2F1%2F", "logs%2F1%2F"] },
    };

    [Theory]
    [MemberData(nameof(NotTheListing))]
    public async Task Response_Is_502_When_S3s_Is_Not_The_Requested_Listing(string what, string reason, Action<ListObjectsV2Response> change)
    {
        _s3.Responds(["logs/b"], change: change);
        FunctionContext context = new();

        var response = await _s3.GetObjectsAsync("prefix=logs%2F&delimiter=%2F&start-after=logs%2F00&max-keys=3", context);

        Assert.True(response.Status == 502, what);
        Assert.Equal("UpstreamFailure", response.Code);
        Assert.Single(_s3.Requests);
        var line = Assert.Single(context.Log.Lines, line => line.Level == "Error");
        Assert.Matches($"^InvalidAnswer: S3's response .*{reason}.*[.]$", Assert.IsType<string>(line.Arguments[^1]));
    }

    public static TheoryData<string, Action<ListObjectsV2Response>> Tolerated => new()
    {
        { "no Name", response => response.Name = null },
        { "no Prefix", response => response.Prefix = null },
        { "no Delimiter", response => response.Delimiter = null },
        { "no StartAfter", response => response.StartAfter = null },
        { "no MaxKeys", response => response.MaxKeys = null },
        { "no KeyCount", response => response.KeyCount = null },
        { "a smaller MaxKeys", response => response.MaxKeys = 1 },
        { "a KeyCount without common prefixes", response => response.CommonPrefixes = ["logs%2Fc%2F"] },
        { "no ETag", response => response.S3Objects[0].ETag = null },
        { "the first instant that there is", response => response.S3Objects[0].LastModified = DateTime.MinValue },
        { "the last instant that there is", response => response.S3Objects[0].LastModified = DateTime.MaxValue },
    };

    [Theory]
    [MemberData(nameof(Tolerated))]
    public async Task Page_Is_Returned_When_S3s_Response_Contradicts_Nothing(string what, Action<ListObjectsV2Response> change)
    {
        _s3.Responds(["logs/b"], change: change);

        var response = await _s3.GetObjectsAsync("prefix=logs%2F&delimiter=%2F&start-after=logs%2F00&max-keys=3");

        Assert.True(response.Status == 200, $"{what}: {response.Body}");
        Assert.Equal("logs/b", response.Json.GetProperty("contents")[0].GetProperty("key").GetString());
    }

    [Fact]
    public async Task Page_Has_The_Earliest_Possible_Date()
    {
        _s3.Responds(["a"], change: response => response.S3Objects[0].LastModified = DateTime.MinValue);

        var response = await _s3.GetObjectsAsync();

        Assert.Equal("0001-01-01T00:00:00Z", response.Json.GetProperty("contents")[0].GetProperty("lastModified").GetString());
    }

    [Fact]
    public async Task Response_Is_502_When_There_Are_Common_Prefixes_Without_A_Delimiter()
    {
        _s3.Responds([], commonPrefixes: ["a/"]);

        Assert.Equal(502, (await _s3.GetObjectsAsync()).Status);
    }

    [Fact]
    public async Task Listing_Ends_When_It_Is_Not_Truncated_And_Has_A_Token()
    {
        _s3.Responds(["a"], change: response => response.NextContinuationToken = "more");

        var response = await _s3.GetObjectsAsync("max-keys=1");

        Assert.False(response.Json.GetProperty("isTruncated").GetBoolean());
    }

    [Fact]
    public async Task Common_Prefix_May_Contain_The_Key_That_The_Listing_Starts_After()
    {
        _s3.Responds(["b"], commonPrefixes: ["a/", "c/"]);

        var response = await _s3.GetObjectsAsync("delimiter=%2F&start-after=a%2F1");

        Assert.Equal(200, response.Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Requester_Pays_When_The_Setting_Is_On(bool pays)
    {
        S3Double s3 = new(options => options with { RequestPayer = pays });
        s3.Responds([]);

        await s3.GetObjectsAsync();

        Assert.Equal(pays ? RequestPayer.Requester : null, Assert.Single(s3.Requests).RequestPayer);
    }

    public static TheoryData<Exception> WrappedCancellations => [new AmazonClientException("cancelled"), new HttpRequestException("aborted"), new IOException("aborted")];

    [Theory]
    [MemberData(nameof(WrappedCancellations))]
    public async Task Response_Is_504_When_The_Cancellation_Is_Wrapped_In_Another_Exception(Exception exception)
    {
        _s3.Throws(exception);

        Assert.Equal(504, (await _s3.GetObjectsAsync("", new FunctionContext { RemainingTime = TimeSpan.Zero })).Status);
    }

    [Fact]
    public async Task Response_Is_502_When_An_Invalid_Listing_Arrives_At_The_Deadline()
    {
        _s3.Responds([], change: response => response.IsTruncated = null);

        Assert.Equal(502, (await _s3.GetObjectsAsync("", new FunctionContext { RemainingTime = TimeSpan.Zero })).Status);
    }

    [Fact]
    public async Task Response_Is_200_When_Nothing_Is_Changed()
    {
        _s3.Responds(["logs/b"]);

        var response = await _s3.GetObjectsAsync("prefix=logs%2F&delimiter=%2F&start-after=logs%2Fa&max-keys=3");

        Assert.Equal(200, response.Status);
    }

    [Fact]
    public async Task Page_Ends_And_The_Next_Is_502_When_S3_Repeats_A_Token()
    {
        _s3.Responds(["a"], "same").Responds(["b"], "same").Responds(["b"], "same");

        var first = await _s3.GetObjectsAsync();
        var second = await _s3.GetObjectsAsync($"continuation-token={first.NextToken}");

        Assert.Equal((200, 1), (first.Status, first.Json.GetProperty("keyCount").GetInt32()));
        Assert.Equal(502, second.Status);
        Assert.Equal(3, _s3.Requests.Count);
    }

    [Theory]
    [InlineData("prefix=b&start-after=a")]
    [InlineData("prefix=%F0%9F%98%80&start-after=%EF%BF%BD")]
    public async Task StartAfter_Is_Not_Sent_When_It_Sorts_Before_The_Prefix(string query)
    {
        _s3.Responds([]);

        await _s3.GetObjectsAsync(query);

        Assert.Null(Assert.Single(_s3.Requests).StartAfter);
    }

    [Theory]
    [InlineData("prefix=b&start-after=b")]
    [InlineData("prefix=b&start-after=b1")]
    [InlineData("prefix=b&start-after=c")]
    [InlineData("start-after=a")]
    public async Task StartAfter_Is_Sent_When_It_Does_Not_Sort_Before_The_Prefix(string query)
    {
        _s3.Responds([]);

        await _s3.GetObjectsAsync(query);

        Assert.NotNull(Assert.Single(_s3.Requests).StartAfter);
    }

    [Fact]
    public async Task Keys_Are_Not_Decoded_When_The_Response_Names_No_Encoding()
    {
        _s3.Responds(["a"], change: response =>
        {
            response.Encoding = null;
            response.S3Objects[0].Key = "100%25+1";
        });

        var response = await _s3.GetObjectsAsync();

        Assert.Equal("100%25+1", response.Json.GetProperty("contents")[0].GetProperty("key").GetString());
    }

    [Fact]
    public async Task Echo_May_Be_Unencoded()
    {
        _s3.Responds([], change: response => (response.Prefix, response.StartAfter) = ("100%/", "100%/a+b"));

        var response = await _s3.GetObjectsAsync("prefix=100%25%2F&start-after=100%25%2Fa%2Bb");

        Assert.Equal(200, response.Status);
    }

    [Fact]
    public async Task Token_Of_S3_Is_Never_Decoded()
    {
        _s3.Responds(["a"], "1%2B+%20").Responds([]);

        await _s3.GetObjectsAsync();

        Assert.Equal("1%2B+%20", _s3.Requests[1].ContinuationToken);
    }

    public static TheoryData<HttpStatusCode, string, int, string> Refusals => new()
    {
        { HttpStatusCode.MovedPermanently, "PermanentRedirect", 502, "WrongRegion" },
        { HttpStatusCode.BadRequest, "AuthorizationHeaderMalformed", 502, "WrongRegion" },
        { HttpStatusCode.BadRequest, "PermanentRedirect", 502, "WrongRegion" },
        { HttpStatusCode.BadRequest, "TemporaryRedirect", 502, "WrongRegion" },
        { HttpStatusCode.BadRequest, "IllegalLocationConstraintException", 502, "WrongRegion" },
        { HttpStatusCode.MovedPermanently, "", 502, "WrongRegion" },
        { HttpStatusCode.TemporaryRedirect, "", 502, "WrongRegion" },
        { HttpStatusCode.NotModified, "", 502, "InvalidAnswer" },
        { HttpStatusCode.BadRequest, "InvalidArgument", 502, "Rejected" },
        { HttpStatusCode.Unauthorized, "", 502, "AccessDenied" },
        { HttpStatusCode.BadRequest, "SlowDown", 503, "Throttled" },
        { HttpStatusCode.BadRequest, "Throttling", 503, "Throttled" },
        { HttpStatusCode.BadRequest, "ThrottlingException", 503, "Throttled" },
        { HttpStatusCode.BadRequest, "RequestLimitExceeded", 503, "Throttled" },
        { HttpStatusCode.BadRequest, "TooManyRequests", 503, "Throttled" },
        { HttpStatusCode.Forbidden, "AccessDenied", 502, "AccessDenied" },
        { HttpStatusCode.NotFound, "NoSuchBucket", 502, "NoSuchBucket" },
        { HttpStatusCode.NotFound, "", 502, "Rejected" },
        { HttpStatusCode.InternalServerError, "InternalError", 503, "ServerError" },
        { HttpStatusCode.BadGateway, "", 503, "ServerError" },
        { HttpStatusCode.GatewayTimeout, "", 503, "ServerError" },
        { HttpStatusCode.NotImplemented, "NotImplemented", 502, "Rejected" },
        { HttpStatusCode.RequestTimeout, "", 503, "Unreachable" },
        { HttpStatusCode.BadRequest, "RequestTimeout", 503, "Unreachable" },
        { HttpStatusCode.ServiceUnavailable, "SlowDown", 503, "Throttled" },
        { HttpStatusCode.ServiceUnavailable, "ServiceUnavailable", 503, "Throttled" },
        { HttpStatusCode.TooManyRequests, "TooManyRequests", 503, "Throttled" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Error_Of_S3_Has_The_Status_Of_The_Table(HttpStatusCode status, string code, int expected, string cause)
    {
        const string Message = "S3 says more than a caller may know";
        _s3.Throws(new AmazonS3Exception(Message, ErrorType.Sender, code, "4442587FB7D0A2F9", status));
        FunctionContext context = new();

        var response = await _s3.GetObjectsAsync("", context);

        Assert.Equal(expected, response.Status);
        Assert.Equal(cause == "Throttled" ? "SlowDown" : expected == 503 ? "UpstreamUnavailable" : "UpstreamFailure", response.Code);
        Assert.Equal(expected == 503, response.Headers.ContainsKey("retry-after"));
        Assert.DoesNotContain(Message, response.Body, StringComparison.Ordinal);
        var line = Assert.Single(context.Log.Lines, line => line.Level == "Error");
        Assert.Equal($"{cause}: S3 responded {(int)status} {code}, request 4442587FB7D0A2F9", line.Arguments[^1]);
    }

    public static TheoryData<Exception> Breaks => [
        new AmazonClientException("Unable to get credentials"),
        new HttpRequestException("Connection refused"),
        new IOException("The response ended prematurely."),
        new TaskCanceledException("The HTTP client's own time-out"),
        new TimeoutException(),
    ];

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task Response_Is_503_When_The_Connection_Breaks(Exception exception)
    {
        _s3.Throws(exception);

        var response = await _s3.GetObjectsAsync();

        Assert.Equal((503, "UpstreamUnavailable"), (response.Status, response.Code));
        Assert.DoesNotContain(exception.Message, response.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Response_Is_500_When_The_Service_Has_A_Bug()
    {
        _s3.Throws(new InvalidOperationException("a bug of the service"));

        var response = await _s3.GetObjectsAsync();

        Assert.Equal(500, response.Status);
        Assert.Equal("InternalError", response.Code);
        Assert.DoesNotContain("a bug of the service", response.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Response_Is_400_When_S3_Refuses_Its_Own_Token()
    {
        _s3.Responds(["a"], "one").Throws(new AmazonS3Exception(
            "The continuation token provided is incorrect", ErrorType.Sender, "InvalidArgument", "1", HttpStatusCode.BadRequest));
        var first = await _s3.GetObjectsAsync("max-keys=1");

        var response = await _s3.GetObjectsAsync($"continuation-token={first.NextToken}");

        Assert.Equal(400, response.Status);
        Assert.Equal("InvalidContinuationToken", response.Code);
        Assert.Equal("continuation-token", response.Json.GetProperty("parameter").GetString());
    }
}
