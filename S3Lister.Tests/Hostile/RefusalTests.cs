using Microsoft.Extensions.Time.Testing;

namespace S3Lister.Tests.Hostile;

/// <summary>Error responses of S3, with the SDK's retries where they matter.</summary>
public sealed class RefusalTests
{
    /// <summary>The default of the SDK.</summary>
    private const int Retries = 2;

    public static TheoryData<string, string, string, int, string> Refusals => new()
    {
        { "301 Moved Permanently", "PermanentRedirect", "", 502, "WrongRegion" },
        { "307 Temporary Redirect", "TemporaryRedirect", "", 502, "WrongRegion" },
        { "400 Bad Request", "AuthorizationHeaderMalformed", "<Region>eu-west-3</Region>", 502, "WrongRegion" },
        { "400 Bad Request", "InvalidArgument", "", 502, "Rejected" },
        { "400 Bad Request", "ExpiredToken", "", 502, "Rejected" },
        { "403 Forbidden", "AccessDenied", "", 502, "AccessDenied" },
        { "403 Forbidden", "SignatureDoesNotMatch", "", 502, "AccessDenied" },
        { "403 Forbidden", "RequestTimeTooSkewed", "", 502, "AccessDenied" },
        { "404 Not Found", "NoSuchBucket", "", 502, "NoSuchBucket" },
        { "405 Method Not Allowed", "MethodNotAllowed", "", 502, "Rejected" },
        { "500 Internal Server Error", "InternalError", "", 503, "ServerError" },
        { "502 Bad Gateway", "", "", 503, "ServerError" },
        { "504 Gateway Timeout", "", "", 503, "ServerError" },
        { "400 Bad Request", "RequestTimeout", "", 503, "Unreachable" },
        { "200 OK", "SlowDown", "", 503, "Throttled" },
        { "200 OK", "InternalError", "", 503, "ServerError" },
        { "200 OK", "AccessDenied", "", 502, "AccessDenied" },
        { "200 OK", "NoSuchBucket", "", 502, "NoSuchBucket" },
        { "200 OK", "NeverHeardOf", "", 502, "InvalidAnswer" },
        { "503 Service Unavailable", "SlowDown", "", 503, "Throttled" },
        { "503 Service Unavailable", "ServiceUnavailable", "", 503, "Throttled" },
        { "429 Too Many Requests", "TooManyRequests", "", 503, "Throttled" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Error_Has_The_Status_Of_The_Table(string status, string code, string more, int expected, string cause)
    {
        await using HostileS3 s3 = new(HostileResponse.Of(status, code.Length == 0 ? "" : HostileResponse.Error(code, more)));
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket);
        FunctionContext context = new();

        var response = await api.GetObjectsAsync("", context);
        var health = await api.GetHealthAsync();

        Assert.Equal(expected, response.Status);
        Assert.Equal(cause == "Throttled" ? "SlowDown" : expected == 503 ? "UpstreamUnavailable" : "UpstreamFailure", response.Code);
        Assert.Equal(expected == 503, response.Headers.ContainsKey("retry-after"));
        Assert.DoesNotContain("S3 says", response.Body, StringComparison.Ordinal);
        Assert.StartsWith($"{cause}: ", Cause(context), StringComparison.Ordinal);
        Assert.Contains("4442587FB7D0A2F9", Cause(context), StringComparison.Ordinal);
        Assert.Equal((503, cause), (health.Status, health.Json.GetProperty("cause").GetString()));
        Assert.Equal(2, s3.Requests.Length);
    }

    [Theory]
    [InlineData("301 Moved Permanently", "PermanentRedirect", "Location: http://127.0.0.1:1/")]
    [InlineData("400 Bad Request", "AuthorizationHeaderMalformed", "x-nothing: 1")]
    public async Task Log_Names_The_Region_That_S3_Names_And_The_Redirect_Is_Not_Followed(string status, string code, string header)
    {
        await using HostileS3 s3 = new(HostileResponse.Of(
            status, HostileResponse.Error(code, "<Region>eu-west-3</Region>"), "x-amz-bucket-region: eu-west-3", header));
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket, Retries);
        FunctionContext context = new();

        var response = await api.GetObjectsAsync("", context);

        Assert.Equal(502, response.Status);
        Assert.EndsWith("; the bucket is in eu-west-3", Cause(context), StringComparison.Ordinal);
        Assert.DoesNotContain("eu-west-3", response.Body, StringComparison.Ordinal);
        Assert.Single(s3.Requests);
    }

    [Fact]
    public async Task Response_Is_502_When_S3s_Error_Is_Html()
    {
        await using HostileS3 s3 = new(HostileResponse.Of("403 Forbidden", "<html><body>Blocked by the proxy<br></body></html>"));
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket);
        FunctionContext context = new();

        var response = await api.GetObjectsAsync("", context);

        Assert.Equal(502, response.Status);
        Assert.StartsWith("AccessDenied: ", Cause(context), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("500 Internal Server Error", "InternalError")]
    [InlineData("503 Service Unavailable", "SlowDown")]
    [InlineData("200 OK", "SlowDown")]
    [InlineData("200 OK", "InternalError")]
    public async Task Listing_Is_Complete_When_S3_Recovers(string status, string code)
    {
        await using HostileS3 s3 = new(HostileResponse.Of(status, HostileResponse.Error(code)), HostileResponse.Ok(HostileResponse.Page(["a"])));
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket, Retries);

        var response = await api.GetObjectsAsync();

        Assert.Equal(200, response.Status);
        Assert.Equal(1, response.Json.GetProperty("keyCount").GetInt32());
        Assert.Equal(1, response.Json.GetProperty("s3Requests").GetInt32());
        Assert.Equal(2, s3.Requests.Length);
    }

    [Theory]
    [InlineData("500 Internal Server Error", "InternalError", "UpstreamUnavailable")]
    [InlineData("503 Service Unavailable", "SlowDown", "SlowDown")]
    [InlineData("200 OK", "SlowDown", "SlowDown")]
    public async Task Failure_Is_Reported_After_The_Sdks_Retries(string status, string code, string expected)
    {
        await using HostileS3 s3 = new(HostileResponse.Of(status, HostileResponse.Error(code)));
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket, Retries);

        var response = await api.GetObjectsAsync();

        Assert.Equal((503, expected), (response.Status, response.Code));
        Assert.Equal(1 + Retries, s3.Requests.Length);
    }

    [Theory]
    [InlineData("Retry-After: 17", "17")]
    [InlineData("Retry-After: 100000", "3600")]
    [InlineData("Retry-After: 0", "2")]
    [InlineData("Retry-After: -1", "2")]
    [InlineData("Retry-After: soon", "2")]
    [InlineData("Retry-After: Mon, 23 Nov 2026 18:19:29 GMT\r\nDate: Mon, 23 Nov 2026 18:19:18 GMT", "11")]
    [InlineData("Retry-After: Mon, 23 Nov 2026 18:19:29 GMT\r\nDate: Mon, 23 Nov 2026 18:19:30 GMT", "2")]
    [InlineData("Retry-After: Mon, 23 Nov 2026 18:19:29 GMT", "2")]
    [InlineData("x-nothing: 1", "2")]
    public async Task RetryAfter_Is_S3s_When_S3_Sends_One(string headers, string expected)
    {
        await using HostileS3 s3 = new(HostileResponse.Of("503 Service Unavailable", HostileResponse.Error("SlowDown"), headers));
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket);

        Assert.Equal(expected, (await api.GetObjectsAsync()).Headers["retry-after"]);
    }

    [Fact]
    public async Task Response_Is_504_When_The_Deadline_Passes_Between_Retries()
    {
        FakeTimeProvider time = new();
        await using HostileS3 s3 = new(
            HostileResponse.Of("503 Service Unavailable", HostileResponse.Error("SlowDown")),
            async (stream, end) =>
            {
                await HostileResponse.Of("503 Service Unavailable", HostileResponse.Error("SlowDown"))(stream, end);
                time.Advance(new FunctionContext().RemainingTime);
            });
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket, retries: 1000, time: time);

        var response = await api.GetObjectsAsync();

        Assert.Equal((504, "DeadlineExceeded"), (response.Status, response.Code));
    }

    /// <summary>The clock of a function may be wrong: the SDK reads S3's time from the error response and signs again.</summary>
    [Fact]
    public async Task Request_Is_Signed_Again_With_S3s_Time_When_The_Clock_Is_Wrong()
    {
        var clock = TimeProvider.System.GetUtcNow().AddHours(3);
        await using HostileS3 s3 = new(
            HostileResponse.Of("403 Forbidden", HostileResponse.Error("RequestTimeTooSkewed"), $"Date: {clock:R}"), HostileResponse.Ok(HostileResponse.Page(["a"])));
        await using ComposedApi api = new(s3.Endpoint, HostileResponse.Bucket, Retries);

        var response = await api.GetObjectsAsync();

        Assert.Equal(200, response.Status);
        var signed = s3.Headers.Where(header => header.StartsWith("X-Amz-Date: ", StringComparison.OrdinalIgnoreCase))
            .Select(header => DateTimeOffset.ParseExact(header["X-Amz-Date: ".Length..], "yyyyMMdd'T'HHmmss'Z'", null, System.Globalization.DateTimeStyles.AssumeUniversal));
        Assert.InRange(signed.Last() - clock, TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(1));
    }

    private static string Cause(FunctionContext context) =>
        (string)Assert.Single(context.Log.Lines, line => line.Level == "Error").Arguments[^1];
}
