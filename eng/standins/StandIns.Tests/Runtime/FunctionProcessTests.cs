using System.Text.Json;

namespace StandIns.Tests.Runtime;

public sealed class FunctionProcessTests
{
    [Fact]
    public async Task Program_Runs_The_Function_That_The_Environment_Names()
    {
        await using var api = await RuntimeApiServer.StartAsync();
        using var process = new FunctionProcess(api, ("ANNOTATIONS_HANDLER", "Health"));
        api.Invoke("one");

        var post = await api.ReadPostAsync();

        Assert.Equal(("invocation/one/response", "HttpApi V2 SampleSerializer: healthy"), (post.Path, post.Body));
    }

    [Fact]
    public async Task Trace_Id_Is_In_The_Environment_Of_Each_Invocation()
    {
        await using var api = await RuntimeApiServer.StartAsync();
        using var process = new FunctionProcess(api);
        api.Invoke("one", """{"rawPath":"/objects"}""", ("Lambda-Runtime-Trace-Id", "Root=1;Sampled=1"));
        api.Invoke("two", """{"rawPath":"/objects"}""");

        Assert.EndsWith(": hello /objects 1 Root=1;Sampled=1", (await api.ReadPostAsync()).Body, StringComparison.Ordinal);
        Assert.EndsWith(": hello /objects 2 ", (await api.ReadPostAsync()).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Console_And_Log_Are_Prefixed_Lines_When_The_Format_Is_Text()
    {
        var (output, error) = await LogAsync(("AWS_LAMBDA_LOG_FORMAT", "Text"));

        Assert.Collection(
            output,
            line => Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\tone\tinfo\ta console line$", line),
            line => Assert.EndsWith("Z\tone\tinfo\tlisted 3 keys under logs/", line, StringComparison.Ordinal),
            line => Assert.Equal("""{"raw":true}""", line));
        Assert.Contains("Z\tone\tfail\tan error line", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Console_And_Log_Are_Json_But_Raw_Stdout_Is_Not_Touched_When_The_Format_Is_Json()
    {
        var (output, _) = await LogAsync(("AWS_LAMBDA_LOG_FORMAT", "JSON"), ("AWS_LAMBDA_LOG_LEVEL", "INFO"));

        Assert.Equal(3, output.Length);
        using var console = JsonDocument.Parse(output[0]);
        Assert.Equal("a console line", console.RootElement.GetProperty("message").GetString());
        Assert.Equal("one", console.RootElement.GetProperty("requestId").GetString());
        Assert.Equal("Root=1", console.RootElement.GetProperty("traceId").GetString());
        using var log = JsonDocument.Parse(output[1]);
        Assert.Equal("Information", log.RootElement.GetProperty("level").GetString());
        Assert.Equal("listed 3 keys under logs/", log.RootElement.GetProperty("message").GetString());
        Assert.Equal(3, log.RootElement.GetProperty("Count").GetInt32());
        Assert.Equal("logs/", log.RootElement.GetProperty("Prefix").GetString());
        Assert.Equal("""{"raw":true}""", output[2]);
    }

    [Fact]
    public async Task Console_Lines_Are_Left_Out_When_The_Level_Is_Above_Information()
    {
        var (output, error) = await LogAsync(("AWS_LAMBDA_LOG_LEVEL", "ERROR"));

        Assert.Equal(["""{"raw":true}"""], output);
        Assert.Contains("an error line", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_Fails_Without_A_Call_When_The_Function_Cannot_Be_Built()
    {
        await using var api = await RuntimeApiServer.StartAsync();
        using var process = new FunctionProcess(api, ("SAMPLE_BROKEN", "true"));

        var (exitCode, _, error) = await process.ExitAsync();

        // As with the official packages: the handler is built before the runtime, so Lambda sees a process that died.
        Assert.NotEqual(0, exitCode);
        Assert.Contains("the configuration is wrong", error, StringComparison.Ordinal);
        Assert.False(api.HasPost);
    }

    [Fact]
    public async Task Process_Fails_When_The_Runtime_Api_Fails()
    {
        await using var api = await RuntimeApiServer.StartAsync();
        using var process = new FunctionProcess(api);
        api.FailNext(500, "container error");

        var (exitCode, _, error) = await process.ExitAsync();

        Assert.NotEqual(0, exitCode);
        Assert.Contains("Runtime should exit promptly", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Process_Ends_At_Once_When_No_Function_Is_Named()
    {
        await using var api = await RuntimeApiServer.StartAsync();
        using var process = new FunctionProcess(api, ("ANNOTATIONS_HANDLER", "Unknown"));

        var (exitCode, output, error) = await process.ExitAsync();

        Assert.Equal((0, string.Empty), (exitCode, error));
        Assert.Empty(output);
    }

    [Fact]
    public async Task Process_Says_What_Is_Missing_When_There_Is_No_Runtime_Api()
    {
        await using var api = await RuntimeApiServer.StartAsync();
        using var process = new FunctionProcess(api, ("AWS_LAMBDA_RUNTIME_API", string.Empty));

        var (exitCode, _, error) = await process.ExitAsync();

        Assert.NotEqual(0, exitCode);
        Assert.Contains("AWS_LAMBDA_RUNTIME_API is not set", error, StringComparison.Ordinal);
    }

    private static async Task<(string[] Output, string Error)> LogAsync(params (string Name, string Value)[] environment)
    {
        await using var api = await RuntimeApiServer.StartAsync();
        using var process = new FunctionProcess(api, environment);
        api.Invoke("one", """{"rawPath":"/objects","rawQueryString":"log"}""", ("Lambda-Runtime-Trace-Id", "Root=1"));
        await api.ReadPostAsync();
        api.FailNext(410, string.Empty);
        var (_, output, error) = await process.ExitAsync();
        return (output, error);
    }
}
