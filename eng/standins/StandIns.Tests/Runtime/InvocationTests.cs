using System.Globalization;
using System.Text.Json;
using Amazon.Lambda.Core;

namespace StandIns.Tests.Runtime;

public sealed class InvocationTests
{
    [Fact]
    public async Task Loop_Handles_One_Event_After_The_Other()
    {
        await using var api = await RuntimeApiServer.StartAsync();
        await using var loop = new Loop(api.Endpoint, Echo);
        api.Invoke("first", "\"one\"");
        api.Invoke("second", "\"zwei ü\"");

        Assert.Equal(new Post("invocation/first/response", "\"one\"", "application/json", null), await api.ReadPostAsync());
        Assert.Equal(new Post("invocation/second/response", "\"zwei ü\"", "application/json", null), await api.ReadPostAsync());
    }

    [Fact]
    public async Task Context_And_Environment_Have_The_Values_Of_The_Headers()
    {
        const string Trace = "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=1";
        await using var api = await RuntimeApiServer.StartAsync();
        TaskCompletionSource<(ILambdaContext Context, string? Trace)> seen = new();
        await using var loop = new Loop(api.Endpoint, (payload, context) =>
        {
            seen.TrySetResult((context, Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID")));
            return Echo(payload, context);
        });
        api.Invoke(
            "the-id",
            "{}",
            ("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-west-1:123456789012:function:list"),
            ("Lambda-Runtime-Deadline-Ms", DateTimeOffset.UtcNow.AddSeconds(29).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)),
            ("Lambda-Runtime-Trace-Id", Trace));

        var (context, trace) = await seen.Task.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal("the-id", context.AwsRequestId);
        Assert.Equal("arn:aws:lambda:eu-west-1:123456789012:function:list", context.InvokedFunctionArn);
        Assert.InRange(context.RemainingTime, TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(29));
        Assert.Equal(Trace, trace);
    }

    [Fact]
    public async Task Loop_Reports_The_Error_And_Goes_On_When_The_Handler_Throws()
    {
        await using var api = await RuntimeApiServer.StartAsync();
        await using var loop = new Loop(api.Endpoint, (payload, context) =>
            context.AwsRequestId == "bad" ? throw new InvalidOperationException("it \"broke\"") : Echo(payload, context));
        api.Invoke("bad");
        api.Invoke("good", "1");

        var error = await api.ReadPostAsync();
        var next = await api.ReadPostAsync();

        Assert.Equal(
            ("invocation/bad/error", "application/vnd.aws.lambda.error+json", "InvalidOperationException"),
            (error.Path, error.ContentType, error.ErrorType));
        using var json = JsonDocument.Parse(error.Body);
        Assert.Equal("InvalidOperationException", json.RootElement.GetProperty("errorType").GetString());
        Assert.Equal("it \"broke\"", json.RootElement.GetProperty("errorMessage").GetString());
        Assert.StartsWith("at StandIns.Tests.Runtime", json.RootElement.GetProperty("stackTrace")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal("invocation/good/response", next.Path);
        Assert.Contains("\tbad\tfail\tSystem.InvalidOperationException: it \"broke\"", loop.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Loop_Reports_An_Error_When_The_Handler_Returns_No_Stream()
    {
        await using var api = await RuntimeApiServer.StartAsync();
        await using var loop = new Loop(api.Endpoint, (_, _) => Task.FromResult<Stream>(null!));
        api.Invoke("bad");

        Assert.Equal("invocation/bad/error", (await api.ReadPostAsync()).Path);
    }

    private static async Task<Stream> Echo(Stream payload, ILambdaContext context)
    {
        MemoryStream response = new();
        await payload.CopyToAsync(response, TestContext.Current.CancellationToken);
        response.Position = 0;
        return response;
    }
}
