using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace S3Lister.Client.Tests;

/// <summary>Which requests are repeated, and after which delay.</summary>
public sealed class RetryTests
{
    private const string Access =
        """{"principal":null,"bucket":"b","region":"eu-west-1","prefixes":[],"limits":{"scanBudget":1,"requestBudget":1,"maxKeys":1},"version":"1"}""";

    private static readonly Uri Api = new("https://abc.execute-api.eu-west-1.amazonaws.com");
    private static readonly Func<HttpResponseMessage> Success = ScriptedApi.Json(HttpStatusCode.OK, Access);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.GatewayTimeout)]
    public async Task Request_Is_Repeated_And_Signed_Again_When_The_Status_Is_Transient(HttpStatusCode status)
    {
        var (notices, requests) = await CallAsync(ScriptedApi.Json(status, "{}"), ScriptedApi.Json(status, "{}"), Success);

        Assert.Equal(3, requests.Count);
        Assert.All(requests, request => Assert.StartsWith(
            "AWS4-HMAC-SHA256 ", request.Headers.NonValidated["Authorization"].ToString(), StringComparison.Ordinal));
        Assert.Equal([1, 2], notices.Select(notice => notice.Attempt));
        Assert.All(notices, notice => Assert.InRange(notice.Delay, TimeSpan.Zero, TimeSpan.FromMilliseconds(250 << notice.Attempt)));
    }

    [Fact]
    public async Task Delay_Is_Retry_After_When_The_Response_Has_It()
    {
        var (notices, _) = await CallAsync(ScriptedApi.Json(HttpStatusCode.ServiceUnavailable, """{"code":"SlowDown"}""", ("Retry-After", "7")), Success);

        var notice = Assert.Single(notices);
        Assert.Equal(TimeSpan.FromSeconds(7), notice.Delay);
        Assert.Equal("SlowDown", Assert.IsType<S3ListerException>(notice.Failure).Code);
    }

    [Fact]
    public async Task Request_Is_Repeated_When_The_Response_Breaks_Off()
    {
        var (notices, _) = await CallAsync(ScriptedApi.Broken(HttpRequestError.ResponseEnded), Success);

        Assert.IsType<HttpRequestException>(Assert.Single(notices).Failure);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.SecureConnectionError)]
    public async Task Request_Is_Not_Repeated_When_The_Host_Cannot_Be_Reached(HttpRequestError error)
    {
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => CallAsync(ScriptedApi.Broken(error), Success));

        Assert.Equal(error, failure.HttpRequestError);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, """{"message":"Forbidden"}""", "Forbidden", "Forbidden")]
    [InlineData(HttpStatusCode.BadGateway, """{"code":"UpstreamFailure","detail":"Why."}""", "UpstreamFailure", "Why.")]
    [InlineData(HttpStatusCode.NotFound, "<html>", "NotFound", "The response has status 404.")]
    [InlineData(HttpStatusCode.OK, "<html>", "InvalidResponse", "The response is not S3Lister's. Check the URL of the API.")]
    [InlineData(HttpStatusCode.OK, "{}", "InvalidResponse", "The response is not S3Lister's. Check the URL of the API.")]
    public async Task Request_Is_Not_Repeated_When_The_Response_Stays_The_Same(HttpStatusCode status, string body, string code, string message)
    {
        var problem = await Assert.ThrowsAsync<S3ListerException>(() => CallAsync(ScriptedApi.Json(status, body), Success));

        Assert.Equal((status, code, message), (problem.StatusCode, problem.Code, problem.Message));
    }

    [Fact]
    public async Task Last_Failure_Is_Thrown_When_All_Attempts_Fail()
    {
        var failures = Enumerable.Range(1, 5).Select(attempt => ScriptedApi.Json(HttpStatusCode.ServiceUnavailable, $$"""{"detail":"{{attempt}}"}"""));

        var problem = await Assert.ThrowsAsync<S3ListerException>(() => CallAsync([.. failures]));

        Assert.Equal("5", problem.Message);
    }

    [Fact]
    public async Task Health_Is_Returned_When_The_Bucket_Cannot_Be_Listed()
    {
        using ScriptedApi api = new(ScriptedApi.Json(
            HttpStatusCode.ServiceUnavailable, """{"status":"unavailable","cause":"AccessDenied","region":null,"version":"1"}"""));
        using var client = LocalCaller.Create(Api, options: new() { Handler = api });

        var health = await client.GetHealthAsync(Cancelled);

        Assert.False(health.IsReady);
        Assert.Equal("AccessDenied", health.Cause);
    }

    [Fact]
    public async Task Listing_Fails_When_A_Truncated_Page_Has_No_Token()
    {
        using ScriptedApi api = new(ScriptedApi.Json(
            HttpStatusCode.OK,
            """{"bucket":"b","isTruncated":true,"nextContinuationToken":null,"contents":[],"commonPrefixes":[],"scanned":0,"s3Requests":1}"""));
        using var client = LocalCaller.Create(Api, options: new() { Handler = api });

        var problem = await Assert.ThrowsAsync<S3ListerException>(async () => await client.ListObjectsAsync("", Cancelled).ToListAsync(Cancelled));

        Assert.Equal("InvalidResponse", problem.Code);
    }

    [Fact]
    public async Task Copy_Fails_And_Writes_Nothing_When_The_State_Of_The_Page_Is_Missing()
    {
        using ScriptedApi api = new(ScriptedApi.Json(HttpStatusCode.OK, "{}", ("s3lister-key-count", "1"), ("s3lister-scanned", "1")));
        using var client = LocalCaller.Create(Api, options: new() { Handler = api });
        using MemoryStream copy = new();

        var problem = await Assert.ThrowsAsync<S3ListerException>(() => client.CopyPageAsync(new(), ObjectFormat.Ndjson, copy, Cancelled));

        Assert.Equal(("InvalidResponse", 0), (problem.Code, copy.Length));
    }

    private static async Task<(List<RetryNotice> Notices, List<HttpRequestMessage> Requests)> CallAsync(params Func<HttpResponseMessage>[] replies)
    {
        FakeTimeProvider time = new() { AutoAdvanceAmount = TimeSpan.FromSeconds(1) };
        List<RetryNotice> notices = [];
        using ScriptedApi api = new(replies);
        using var client = LocalCaller.Create(Api, options: new()
        {
            Handler = api,
            TimeProvider = time,
            OnRetry = notices.Add,
            Region = "eu-west-1",
        });
        var call = client.GetAccessAsync(Cancelled);
        while (!call.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(20));
            await Task.Yield();
        }

        await call;
        return (notices, api.Requests);
    }
}
