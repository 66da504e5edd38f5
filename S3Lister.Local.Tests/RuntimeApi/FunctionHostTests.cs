using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using S3Lister.Local.RuntimeApi;

namespace S3Lister.Local.Tests.RuntimeApi;

public sealed class FunctionHostTests
{
    private readonly RecordingObserver _observer = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Function_Keeps_Its_Process_When_Called_Again()
    {
        await using var host = await StartAsync();

        var first = await host.InvokeAsync(new JsonObject { ["do"] = "facts" });
        var second = await host.InvokeAsync(new JsonObject { ["do"] = "facts" });

        Assert.Equal(InvocationStatus.Success, second.Status);
        Assert.Equal(first.ProcessId(), second.ProcessId());
        Assert.Equal(2, second.Json()["count"]!.GetValue<int>());
        Assert.NotNull(first.Report.InitDuration);
        Assert.Null(second.Report.InitDuration);
    }

    [Fact]
    public async Task Function_Gets_The_Environment_Of_Lambda_And_Nothing_Else()
    {
        Environment.SetEnvironmentVariable("S3LISTER_TEST_LEAK", "leaked");
        await using var host = await StartAsync(options => options with
        {
            MemorySize = 256,
            LogFormat = "JSON",
            LogLevel = "DEBUG",
            Region = "eu-west-1",
            Environment = new Dictionary<string, string> { ["ANNOTATIONS_HANDLER"] = "ListObjects" },
        });

        var result = await host.InvokeAsync(new JsonObject { ["do"] = "facts" });

        var environment = result.Json()["environment"]!.AsObject().ToDictionary(e => e.Key, e => (string?)e.Value);
        Assert.Equal("Subject", environment["AWS_LAMBDA_FUNCTION_NAME"]);
        Assert.Equal("$LATEST", environment["AWS_LAMBDA_FUNCTION_VERSION"]);
        Assert.Equal("256", environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]);
        Assert.Equal("eu-west-1", environment["AWS_REGION"]);
        Assert.Equal("eu-west-1", environment["AWS_DEFAULT_REGION"]);
        Assert.Equal("/aws/lambda/Subject", environment["AWS_LAMBDA_LOG_GROUP_NAME"]);
        Assert.Matches(@"^\d{4}/\d\d/\d\d/\[\$LATEST\][0-9a-f]{32}$", environment["AWS_LAMBDA_LOG_STREAM_NAME"]);
        Assert.Equal("JSON", environment["AWS_LAMBDA_LOG_FORMAT"]);
        Assert.Equal("DEBUG", environment["AWS_LAMBDA_LOG_LEVEL"]);
        Assert.Equal("bootstrap", environment["_HANDLER"]);
        Assert.Equal(Path.GetDirectoryName(StandInRuntime.Path), environment["LAMBDA_TASK_ROOT"]);
        Assert.Equal("ListObjects", environment["ANNOTATIONS_HANDLER"]);
        Assert.DoesNotContain("S3LISTER_TEST_LEAK", environment.Keys);
    }

    [Fact]
    public async Task Event_Carries_The_Runtime_Api_Headers()
    {
        await using var host = await StartAsync();
        var before = TimeProvider.System.GetUtcNow();

        var result = await host.InvokeAsync(new JsonObject { ["do"] = "facts" });

        var headers = result.Json()["headers"]!;
        Assert.Equal(result.Report.RequestId, (string?)headers["lambda-runtime-aws-request-id"]);
        Assert.Equal(
            "arn:aws:lambda:us-east-1:123456789012:function:Subject",
            (string?)headers["lambda-runtime-invoked-function-arn"]);
        Assert.Matches(
            "^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$", (string?)headers["lambda-runtime-trace-id"]);
        var deadline = DateTimeOffset.FromUnixTimeMilliseconds(
            long.Parse((string)headers["lambda-runtime-deadline-ms"]!, CultureInfo.InvariantCulture));
        Assert.InRange(deadline, before + TimeSpan.FromSeconds(19), TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(20));
        Assert.Equal("application/json", (string?)headers["content-type"]);
    }

    [Fact]
    public async Task Concurrent_Calls_Get_Separate_Processes()
    {
        await using var host = await StartAsync();

        // Each call ends when all three are under way, however long the processes take to start.
        var folder = Directory.CreateTempSubdirectory("s3lister-meet-");
        try
        {
            var results = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ =>
                host.InvokeAsync(new JsonObject { ["do"] = "meet", ["folder"] = folder.FullName, ["count"] = 3 })));

            Assert.Equal(3, results.Select(result => result.ProcessId()).Distinct().Count());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Call_Waits_When_Every_Process_Is_Busy()
    {
        await using var host = await StartAsync(options => options with { MaxInstances = 2 });

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ =>
            host.InvokeAsync(new JsonObject { ["do"] = "sleep", ["seconds"] = 0.1 })));

        Assert.All(results, result => Assert.Equal(InvocationStatus.Success, result.Status));
        Assert.Equal(2, _observer.Inits.Count);
    }

    [Fact]
    public async Task Process_Continues_When_A_Call_Is_Cancelled()
    {
        await using var host = await StartAsync(options => options with { MaxInstances = 1 });
        var pid = (await host.InvokeAsync(new JsonObject { ["do"] = "facts" })).ProcessId();
        using var cancelled = new CancellationTokenSource();

        var call = host.InvokeAsync("""{"do":"sleep","seconds":0.3}"""u8.ToArray(), cancelled.Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        Assert.Equal(pid, (await host.InvokeAsync(new JsonObject { ["do"] = "facts" })).ProcessId());
    }

    [Theory]
    [InlineData("""{"do":"crash","code":7}""", "Runtime exited with error: exit status 7")]
    [InlineData("""{"do":"crash","code":0}""", "Runtime exited without providing a reason")]
    [InlineData("""{"do":"kill"}""", "Runtime exited with error: signal: killed")]
    public async Task Call_Fails_And_The_Next_Works_When_The_Process_Dies(string payload, string reason)
    {
        await using var host = await StartAsync();
        var pid = (await host.InvokeAsync(new JsonObject { ["do"] = "facts" })).ProcessId();

        var dead = await host.InvokeAsync(JsonNode.Parse(payload)!.AsObject());
        var next = await host.InvokeAsync(new JsonObject { ["do"] = "facts" });

        Assert.Equal(InvocationStatus.Error, dead.Status);
        Assert.Equal("Runtime.ExitError", dead.Error!.Type);
        Assert.Equal($"RequestId: {dead.Report.RequestId} Error: {reason}", (string?)dead.Json()["errorMessage"]);
        Assert.Equal(InvocationStatus.Success, next.Status);
        Assert.NotEqual(pid, next.ProcessId());
    }

    [Fact]
    public async Task Next_Call_Works_When_The_Idle_Process_Was_Killed()
    {
        await using var host = await StartAsync();
        var pid = (await host.InvokeAsync(new JsonObject { ["do"] = "facts" })).ProcessId();

        using (var process = System.Diagnostics.Process.GetProcessById(pid))
        {
            process.Kill();
        }

        await Processes.WaitForEndAsync(pid);
        var next = await host.InvokeAsync(new JsonObject { ["do"] = "facts" });
        if (next.Error?.Type == "Runtime.ExitError")
        {
            // The call came before the host had noticed; it fails, as in Lambda, and the one after it does not.
            next = await host.InvokeAsync(new JsonObject { ["do"] = "facts" });
        }

        Assert.Equal(InvocationStatus.Success, next.Status);
        Assert.NotEqual(pid, next.ProcessId());
    }

    [Fact]
    public async Task Function_Is_Killed_When_It_Takes_Longer_Than_Its_Timeout()
    {
        var clock = new FakeTimeProvider();
        await using var host = await StartAsync(options => options with { Timeout = TimeSpan.FromSeconds(1), TimeProvider = clock });
        var pid = (await host.InvokeAsync(new JsonObject { ["do"] = "facts" })).ProcessId();

        var call = host.InvokeAsync(new JsonObject { ["do"] = "log and sleep", ["line"] = "asleep", ["seconds"] = 600 });
        await _observer.WaitForLineAsync(line => line == "asleep");
        clock.Advance(TimeSpan.FromSeconds(1));
        var slow = await call;

        Assert.Equal(InvocationStatus.Timeout, slow.Status);
        Assert.Equal("Sandbox.Timedout", (string?)slow.Json()["errorType"]);
        Assert.EndsWith("Task timed out after 1.00 seconds", (string?)slow.Json()["errorMessage"], StringComparison.Ordinal);
        await Processes.WaitForEndAsync(pid);
        Assert.Equal(
            InvocationStatus.Success, (await host.InvokeAsync(new JsonObject { ["do"] = "facts" })).Status);
    }

    [Fact]
    public async Task Reported_Error_Is_Returned_And_The_Process_Stays()
    {
        await using var host = await StartAsync();

        var failed = await host.InvokeAsync(new JsonObject { ["do"] = "fail", ["message"] = "it \"broke\"" });
        var next = await host.InvokeAsync(new JsonObject { ["do"] = "facts" });

        Assert.Equal(InvocationStatus.Error, failed.Status);
        Assert.Equal(("Test.Failure", "it \"broke\""), (failed.Error!.Type, failed.Error.Message));
        Assert.Equal("""{"errorType":"Test.Failure","errorMessage":"it \"broke\"","stackTrace":[]}""", failed.Json().ToJsonString(Relaxed));
        Assert.Equal(failed.Report.ProcessId, next.ProcessId());
        Assert.Equal("error status 202", await _observer.WaitForLineAsync(l => l.StartsWith("error", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("exit", "Runtime.ExitError", "Runtime exited with error: exit status 3")]
    [InlineData("error", "Test.BadConfiguration", "no bucket is set")]
    public async Task Call_Fails_And_The_Log_Says_Why_When_The_Function_Does_Not_Start(
        string init, string type, string message)
    {
        await using var host = await FunctionHost.StartAsync(StandInRuntime.Options(_observer, init), Cancellation);

        var result = await host.InvokeAsync([]);

        Assert.Equal(InvocationStatus.Error, result.Status);
        Assert.Equal((type, message), (result.Error!.Type, result.Error.Message));
        Assert.Equal(type, Assert.Single(_observer.Inits).Error!.Type);
        await _observer.WaitForLineAsync(line => line is "no bucket is set" or "init error status 202");
    }

    [Fact]
    public async Task Warming_Reports_Why_When_The_Executable_Is_Missing_Or_Not_Executable()
    {
        var options = StandInRuntime.Options() with { Executable = "/nowhere/bootstrap" };
        await using var missing = await FunctionHost.StartAsync(options, Cancellation);
        await using var text = await FunctionHost.StartAsync(
            options with { Executable = Path.Combine(AppContext.BaseDirectory, "S3Lister.Local.Tests.runtimeconfig.json") }, Cancellation);

        var report = await missing.WarmAsync(Cancellation);
        var result = await text.InvokeAsync([]);

        Assert.Equal("Runtime.InvalidEntrypoint", report.Error!.Type);
        Assert.Equal("Couldn't find valid bootstrap(s): [/nowhere/bootstrap]", report.Error.Message);
        Assert.Equal("Runtime.InvalidEntrypoint", result.Error!.Type);
        Assert.EndsWith("permission denied", result.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Function_Is_Killed_When_It_Does_Not_Request_A_Call_In_Time()
    {
        var options = StandInRuntime.Options(_observer, "hang") with { InitTimeout = TimeSpan.FromSeconds(1) };
        await using var host = await FunctionHost.StartAsync(options, Cancellation);

        var report = await host.WarmAsync(Cancellation);

        Assert.Equal(("Sandbox.Timedout", "Init timed out after 1.00 seconds"), (report.Error!.Type, report.Error.Message));
        await Processes.WaitForEndAsync(report.ProcessId);
    }

    [Fact]
    public async Task Warm_Function_Has_No_Cold_Start()
    {
        await using var host = await StartAsync();

        var report = await host.WarmAsync(Cancellation);
        var result = await host.InvokeAsync(new JsonObject { ["do"] = "facts" });

        Assert.True(report.Duration > TimeSpan.Zero);
        Assert.Equal(report.ProcessId, result.ProcessId());
        Assert.Null(result.Report.InitDuration);
    }

    [Theory]
    [InlineData(LambdaLimits.ResponseBytes, InvocationStatus.Success)]
    [InlineData(LambdaLimits.ResponseBytes + 1, InvocationStatus.Error)]
    public async Task Response_Is_Refused_When_It_Is_Over_Six_Megabytes(int bytes, object status)
    {
        await using var host = await StartAsync();

        var result = await host.InvokeAsync(new JsonObject { ["do"] = "big", ["bytes"] = bytes });

        Assert.Equal(status, result.Status);
        if (result.Error is { } error)
        {
            Assert.Equal("Function.ResponseSizeTooLarge", error.Type);
            Assert.Equal("Response payload size exceeded maximum allowed payload size (6291556 bytes).", error.Message);
            Assert.Equal(
                """response status 413 {"errorType":"RequestEntityTooLarge","errorMessage":"Exceeded maximum allowed payload size (6291556 bytes)."}""",
                await _observer.WaitForLineAsync(line => line.StartsWith("response", StringComparison.Ordinal)));
        }
        else
        {
            Assert.Equal(bytes, result.Payload.Length);
        }
    }

    [Fact]
    public async Task Event_Is_Refused_When_It_Is_Over_Six_Megabytes()
    {
        await using var host = await StartAsync();

        var result = await host.InvokeAsync(new byte[LambdaLimits.RequestBytes + 1], Cancellation);

        Assert.Equal(InvocationStatus.RequestTooLarge, result.Status);
        Assert.Empty(_observer.Inits);
    }

    [Fact]
    public async Task Runtime_Api_Refuses_What_The_State_Does_Not_Allow()
    {
        await using var host = await StartAsync();

        var result = await host.InvokeAsync(new JsonObject { ["do"] = "misbehave" });
        var line = await _observer.WaitForLineAsync(line => line.StartsWith('{'));

        Assert.Equal(InvocationStatus.Success, result.Status);
        Assert.Equal(
            """{"next while invoking":403,"unknown id":400,"init error when ready":403,"unknown path":404,"unknown verb":404,"response":202,"second response":403}""",
            JsonNode.Parse(line)!.ToJsonString());
    }

    [Fact]
    public async Task Output_Comes_Line_By_Line()
    {
        await using var host = await StartAsync();

        await host.InvokeAsync(new JsonObject { ["do"] = "log", ["line"] = """{"_aws":{"é":1}}""" });

        Assert.Equal("""{"_aws":{"é":1}}""", await _observer.WaitForLineAsync(line => line.EndsWith("}}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Report_Has_Duration_And_Memory()
    {
        await using var host = await StartAsync();

        await host.InvokeAsync(new JsonObject { ["do"] = "sleep", ["seconds"] = 0.2 });

        var report = Assert.Single(_observer.Invocations);
        Assert.Equal(("Subject", InvocationStatus.Success, 128), (report.FunctionName, report.Status, report.MemorySize));
        Assert.True(report.Duration >= TimeSpan.FromSeconds(0.2));
        Assert.InRange(report.MaxMemoryUsed, 1 << 20, 1 << 30);
    }

    [Fact]
    public async Task Processes_And_Their_Children_Are_Gone_When_The_Host_Is_Disposed()
    {
        var host = await StartAsync();
        var result = await host.InvokeAsync(new JsonObject { ["do"] = "child" });
        var busy = host.InvokeAsync(new JsonObject { ["do"] = "sleep", ["seconds"] = 60 });
        await _observer.WaitForLineAsync(line => line.StartsWith("pid", StringComparison.Ordinal));

        await host.DisposeAsync();

        await Processes.WaitForEndAsync(result.ProcessId());
        await Processes.WaitForEndAsync(result.Json()["child"]!.GetValue<int>());
        Assert.Equal(InvocationStatus.Error, (await busy).Status);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => host.InvokeAsync([]));
    }

    private static readonly System.Text.Json.JsonSerializerOptions Relaxed =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private Task<FunctionHost> StartAsync(Func<FunctionOptions, FunctionOptions>? configure = null)
    {
        var options = StandInRuntime.Options(_observer);
        return FunctionHost.StartAsync(configure?.Invoke(options) ?? options, Cancellation);
    }
}
