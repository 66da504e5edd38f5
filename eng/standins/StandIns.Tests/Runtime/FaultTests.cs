using System.Net;
using System.Net.Sockets;
using Amazon.Lambda.Core;

namespace StandIns.Tests.Runtime;

/// <summary>When the Runtime API fails, the loop ends with an exception, and the process with it.</summary>
public sealed class FaultTests
{
    [Theory]
    [InlineData(410)]
    [InlineData(500)]
    [InlineData(403)]
    public async Task Loop_Ends_When_The_Next_Event_Is_Refused(int status)
    {
        await using var api = await RuntimeApiServer.StartAsync();
        await using var loop = new Loop(api.Endpoint, Empty);
        api.FailNext(status);

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => loop.Running);

        Assert.Equal(status, (int?)exception.StatusCode);
        Assert.False(api.HasPost);
    }

    [Theory]
    [InlineData("response", 413)]
    [InlineData("response", 400)]
    [InlineData("error", 500)]
    public async Task Loop_Ends_When_The_Result_Is_Refused(string kind, int status)
    {
        await using var api = await RuntimeApiServer.StartAsync();
        api.Statuses[$"invocation/one/{kind}"] = status;
        await using var loop = new Loop(
            api.Endpoint, kind == "error" ? (_, _) => throw new InvalidOperationException("on purpose") : Empty);
        api.Invoke("one");

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => loop.Running);

        Assert.Equal(status, (int?)exception.StatusCode);
    }

    [Fact]
    public async Task Loop_Ends_When_The_Runtime_Api_Is_Gone()
    {
        using var unused = new TcpListener(IPAddress.Loopback, 0);
        unused.Start();
        var endpoint = unused.LocalEndpoint.ToString()!;
        unused.Stop();
        await using var loop = new Loop(endpoint, Empty);

        await Assert.ThrowsAsync<HttpRequestException>(() => loop.Running);
    }

    [Fact]
    public async Task Loop_Ends_When_An_Event_Has_No_Request_Id()
    {
        await using var api = await RuntimeApiServer.StartAsync();
        await using var loop = new Loop(api.Endpoint, Empty);
        api.FailNext(200);

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => loop.Running);

        Assert.Contains("Lambda-Runtime-Aws-Request-Id", exception.Message, StringComparison.Ordinal);
    }

    private static Task<Stream> Empty(Stream payload, ILambdaContext context) => Task.FromResult<Stream>(new MemoryStream());
}
