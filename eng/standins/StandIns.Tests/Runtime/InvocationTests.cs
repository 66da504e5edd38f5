using System.Text;
using System.Text.Json;
using Amazon.Lambda.Core;

namespace StandIns.Tests.Runtime;

public sealed class InvocationTests
{
    [Fact]
    public async Task Loop_Answers_Invocations_One_After_The_Other()
    {
        await using var api = await RuntimeApiServer.StartAsync();
        await using var loop = new Loop(api.Endpoint, Echo);
        api.Invoke("first", "\"one\"");
        api.Invoke("second", "\"zwei ü\"");

        Assert.Equal(new Post("invocation/first/response", "\"one\"", "application/json", null), await api.ReadPostAsync());
        Assert.Equal(new Post("invocation/second/response", "\"zwei ü\"", "application/json", null), await api.ReadPostAsync());
    }

    [Fact]
    public async Task Context_Says_What_The_Headers_Say()
    {
        await using var api = await RuntimeApiServer.StartAsync();
        var seen = new TaskCompletionSource<ILambdaContext>();
        await using var loop = new Loop(api.Endpoint, (payload, context) =>
        {
            seen.TrySetResult(context);
            return Echo(payload, context);
        });
        api.Invoke(
            "the-id",
            "{}",
            ("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-west-1:123456789012:function:list"),
            ("Lambda-Runtime-Aws-Tenant-Id", "tenant"),
            ("Lambda-Runtime-Trace-Id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=1"),
            ("Lambda-Runtime-Client-Context", """{"client":{"app_title":"t"},"custom":{"a":"1"},"env":{"b":"2"}}"""),
            ("Lambda-Runtime-Cognito-Identity", """{"cognitoIdentityId":"id","cognitoIdentityPoolId":"pool"}"""));

        var context = await seen.Task.WaitAsync(TestContext.Current.CancellationToken);

        Assert.Equal("the-id", context.AwsRequestId);
        Assert.Equal("arn:aws:lambda:eu-west-1:123456789012:function:list", context.InvokedFunctionArn);
        Assert.Equal("tenant", context.TenantId);
        Assert.Equal("Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=1", context.TraceId);
        Assert.Equal("t", context.ClientContext.Client.AppTitle);
        Assert.Equal("1", context.ClientContext.Custom["a"]);
        Assert.Equal("2", context.ClientContext.Environment["b"]);
        Assert.Equal(("id", "pool"), (context.Identity.IdentityId, context.Identity.IdentityPoolId));
    }

    [Fact]
    public async Task Loop_Reports_The_Error_And_Goes_On_When_The_Handler_Throws()
    {
        await using var api = await RuntimeApiServer.StartAsync();
        await using var loop = new Loop(api.Endpoint, (payload, context) =>
            context.AwsRequestId == "bad" ? throw new InvalidOperationException("it \"broke\"", new ArgumentException("why")) : Echo(payload, context));
        api.Invoke("bad");
        api.Invoke("good", "1");

        var error = await api.ReadPostAsync();
        var next = await api.ReadPostAsync();

        Assert.Equal("invocation/bad/error", error.Path);
        Assert.Equal("application/vnd.aws.lambda.error+json", error.ContentType);
        Assert.Equal("InvalidOperationException", error.ErrorType);
        using var json = JsonDocument.Parse(error.Body);
        Assert.Equal("InvalidOperationException", json.RootElement.GetProperty("errorType").GetString());
        Assert.Equal("it \"broke\"", json.RootElement.GetProperty("errorMessage").GetString());
        Assert.StartsWith("at StandIns.Tests.Runtime", json.RootElement.GetProperty("stackTrace")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal("why", json.RootElement.GetProperty("cause").GetProperty("errorMessage").GetString());
        Assert.Equal("invocation/good/response", next.Path);
        Assert.Contains("\tbad\tfail\tSystem.InvalidOperationException: it \"broke\"", loop.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_Names_Every_Cause_When_It_Is_An_Aggregate()
    {
        await using var api = await RuntimeApiServer.StartAsync();
        await using var loop = new Loop(api.Endpoint, (_, _) =>
            Task.FromException<Stream>(new AggregateException(new ArgumentException("a"), new FormatException("b"))));
        api.Invoke("bad");

        using var json = JsonDocument.Parse((await api.ReadPostAsync()).Body);

        Assert.Equal(
            ["ArgumentException", "FormatException"],
            json.RootElement.GetProperty("causes").EnumerateArray().Select(cause => cause.GetProperty("errorType").GetString()));
    }

    [Fact]
    public async Task Error_Is_Replaced_When_It_Is_Over_256_KB()
    {
        await using var api = await RuntimeApiServer.StartAsync();
        await using var loop = new Loop(api.Endpoint, (_, _) => throw new InvalidOperationException(new string('x', 300_000)));
        api.Invoke("bad");

        Assert.Equal("""{"errorMessage": "Exception exceeded maximum payload size of 256KB."}""", (await api.ReadPostAsync()).Body);
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
        using var reader = new StreamReader(payload, leaveOpen: true);
        return new MemoryStream(Encoding.UTF8.GetBytes(await reader.ReadToEndAsync(TestContext.Current.CancellationToken)));
    }
}
