using System.Net;
using S3Lister.Local.Gateway;
using S3Lister.Local.RuntimeApi;

namespace S3Lister.Local.Tests.Gateway;

/// <summary>Limits, timeouts and functions that fail, as the client of an HTTP API sees them.</summary>
public sealed class LimitTests
{
    private static readonly TextResponse InternalServerError = new(500, """{"message":"Internal Server Error"}""");

    [Theory]
    [InlineData("crash")]
    [InlineData("kill")]
    [InlineData("fail")]
    public async Task Function_That_Fails_Is_A_500_And_The_Next_Call_Works(string what)
    {
        await using var gateway = await TestGateway.StartAsync();

        Assert.Equal(200, (await gateway.GetAsync("/open")).Status);
        Assert.Equal(InternalServerError, await gateway.GetAsync($"/open?do={what}"));
        Assert.Equal(200, (await gateway.GetAsync("/open")).Status);
        Assert.Contains(gateway.Log, entry => entry.Error is { } error && error.StartsWith(
            what == "fail" ? "Test.Failure" : "Runtime.ExitError", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Function_Over_Its_Own_Timeout_Is_A_500()
    {
        await using var gateway = await TestGateway.StartAsync(
            function: options => options with { Timeout = TimeSpan.FromSeconds(1) });

        Assert.Equal(InternalServerError, await gateway.GetAsync("/open?do=sleep&seconds=60"));
        Assert.EndsWith("Task timed out after 1.00 seconds", Assert.Single(gateway.Log).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Function_Over_The_Gateways_Timeout_Is_A_503()
    {
        await using var gateway = await TestGateway.StartAsync(
            options => options with { IntegrationTimeout = TimeSpan.FromSeconds(1) });

        Assert.Equal(
            new TextResponse(503, """{"message":"Service Unavailable"}"""),
            await gateway.GetAsync("/open?do=sleep&seconds=60"));
    }

    [Fact]
    public async Task Function_That_Cannot_Start_Is_A_500()
    {
        await using var gateway = await TestGateway.StartAsync(
            function: options => options with { Environment = new Dictionary<string, string> { ["STANDIN_INIT"] = "error" } });

        Assert.Equal(InternalServerError, await gateway.GetAsync("/open"));
        Assert.Equal("Test.BadConfiguration: no bucket is set", Assert.Single(gateway.Log).Error);
    }

    [Theory]
    [InlineData(LambdaLimits.ResponseBytes, 200)]
    [InlineData(LambdaLimits.ResponseBytes + 1, 500)]
    public async Task Response_Over_Six_Megabytes_Is_A_500(int bytes, int status)
    {
        await using var gateway = await TestGateway.StartAsync();

        Assert.Equal(status, (await gateway.GetAsync($"/open?do=big&bytes={bytes}")).Status);
    }

    [Theory]
    [InlineData(GatewayLimits.PayloadBytes + 1, false)]
    [InlineData(GatewayLimits.PayloadBytes + 1, true)]
    [InlineData(7 * 1024 * 1024, false)]
    public async Task Request_Is_Too_Large_Over_Ten_Megabytes_Or_For_Lambda(int bytes, bool chunked)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{gateway.Url}/open");
        request.Content = new ByteArrayContent(new byte[bytes]);
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.ExpectContinue = true;

        using var response = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal(
            """{"message":"Request Entity Too Large"}""",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(9_000, 1_000, 200)]
    [InlineData(9_000, 1_300, 431)]
    [InlineData(10_300, 1, 414)]
    public async Task Request_Line_And_Headers_Have_10240_Bytes(int queryBytes, int headerBytes, int status)
    {
        await using var gateway = await TestGateway.StartAsync();

        var response = await Curl.CallAsync(
            "--header", $"X-Long: {new string('h', headerBytes)}", $"{gateway.Url}/open?q={new string('q', queryBytes)}");

        Assert.Equal(status, response.Status);
    }
}
