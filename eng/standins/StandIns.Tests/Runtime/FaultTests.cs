using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;

namespace StandIns.Tests.Runtime;

/// <summary>When the Runtime API fails the process cannot be helped: the loop ends with an exception, as documented.</summary>
public sealed class FaultTests
{
    [Theory]
    [InlineData(410, "The HTTP status code of the response was not expected (410).")]
    [InlineData(500, "Container error. Non-recoverable state.")]
    [InlineData(503, "The HTTP status code of the response was not expected (503).")]
    [InlineData(403, "Forbidden")]
    [InlineData(204, "The HTTP status code of the response was not expected (204).")]
    public async Task Loop_Ends_When_The_Next_Invocation_Is_Refused(int status, string message)
    {
        await using var api = await RuntimeApiServer.StartAsync();
        await using var loop = new Loop(api.Endpoint, Empty);
        api.FailNext(status, status == 204 ? string.Empty : "the reason");

        var exception = await Assert.ThrowsAsync<RuntimeApiClientException>(() => loop.Running);

        Assert.Equal(status, exception.StatusCode);
        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(status == 204 ? "Response: \n" : "Response: \nthe reason", exception.Message, StringComparison.Ordinal);
        Assert.False(api.HasPost);
    }

    [Theory]
    [InlineData(413, "Payload Too Large")]
    [InlineData(400, "Bad Request")]
    [InlineData(500, "Container error. Non-recoverable state.")]
    public async Task Loop_Ends_When_The_Response_Is_Refused(int status, string message)
    {
        await using var api = await RuntimeApiServer.StartAsync();
        api.Answers["invocation/big/response"] = (status, """{"errorType":"RequestEntityTooLarge"}""");
        await using var loop = new Loop(api.Endpoint, Empty);
        api.Invoke("big");

        var exception = await Assert.ThrowsAsync<RuntimeApiClientException>(() => loop.Running);

        Assert.Equal(status, exception.StatusCode);
        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(202, "")]
    [InlineData(500, "no")]
    public async Task Loop_Ends_When_The_Error_Is_Not_Taken(int status, string body)
    {
        await using var api = await RuntimeApiServer.StartAsync();
        api.Answers["invocation/bad/error"] = (status, body);
        await using var loop = new Loop(api.Endpoint, (_, _) => throw new InvalidOperationException("on purpose"));
        api.Invoke("bad");

        var exception = await Assert.ThrowsAsync<RuntimeApiClientException>(() => loop.Running);

        Assert.Equal(status, exception.StatusCode);
    }

    [Fact]
    public async Task Loop_Ends_When_Nobody_Listens()
    {
        using var unused = new TcpListener(IPAddress.Loopback, 0);
        unused.Start();
        var endpoint = unused.LocalEndpoint.ToString()!;
        unused.Stop();
        await using var loop = new Loop(endpoint, Empty);

        await Assert.ThrowsAsync<HttpRequestException>(() => loop.Running);
    }

    [Fact]
    public async Task Loop_Ends_When_An_Invocation_Has_No_Request_Id()
    {
        await using var api = await RuntimeApiServer.StartAsync();
        await using var loop = new Loop(api.Endpoint, Empty);
        api.FailNext(200, "{}");

        var exception = await Assert.ThrowsAsync<RuntimeApiClientException>(() => loop.Running);

        Assert.Contains("Lambda-Runtime-Aws-Request-Id", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Initialization_Error_Is_Reported_And_Ends_The_Process()
    {
        await using var api = await RuntimeApiServer.StartAsync();
        await using var loop = new Loop(api.Endpoint, Empty, () => throw new InvalidOperationException("no bucket"));

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => loop.Running);
        var post = await api.ReadPostAsync();

        Assert.Equal("no bucket", exception.Message);
        Assert.Equal(("init/error", "application/vnd.aws.lambda.error+json"), (post.Path, post.ContentType));
        using var json = JsonDocument.Parse(post.Body);
        Assert.Equal("no bucket", json.RootElement.GetProperty("errorMessage").GetString());
        Assert.Contains("fail\tSystem.InvalidOperationException: no bucket", loop.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Loop_Takes_Nothing_When_Initialization_Says_No()
    {
        await using var api = await RuntimeApiServer.StartAsync();
        await using var loop = new Loop(api.Endpoint, Empty, () => Task.FromResult(false));

        await loop.Running;

        Assert.False(api.HasPost);
    }

    private static Task<Stream> Empty(Stream payload, ILambdaContext context) => Task.FromResult<Stream>(new MemoryStream());
}
