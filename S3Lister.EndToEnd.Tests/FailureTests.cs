using System.Diagnostics;

namespace S3Lister.EndToEnd.Tests;

public sealed class FailureTests
{
    [Fact]
    public async Task Response_Is_500_When_Its_Process_Is_Killed_And_The_Next_Is_200()
    {
        ExternalProgram.Curl.Require();
        await using var api = await RunningApi.StartAsync(new() { MaxInstances = 1 });
        api.S3.Weather.Latency = TimeSpan.FromMinutes(1);
        var call = Curl.GetAsync(api.Url, "/objects?max-keys=1");
        while (api.S3.Requests.Total == 0)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        var victim = api.Log.Starts.Single(start => start.FunctionName == "ListObjects").ProcessId;
        Process.GetProcessById(victim).Kill();
        var killed = await call;
        api.S3.Weather.Latency = TimeSpan.Zero;
        var next = await Curl.GetAsync(api.Url, "/objects?max-keys=1");

        Assert.Equal((500, """{"message":"Internal Server Error"}"""), (killed.Status, killed.Body));
        Assert.Equal(200, next.Status);
        Assert.NotEqual(victim, api.Log.Calls.Last().ProcessId);
    }

    [Fact]
    public async Task Response_Is_503_When_S3_Throttles_Every_Retry()
    {
        await using var api = await RunningApi.StartAsync();
        api.S3.Weather.ThrottledShare = 0.5;
        var recovered = await Curl.GetAsync(api.Url, "/objects?max-keys=1");
        api.S3.Weather.ThrottledShare = 1;
        var throttled = await Curl.GetAsync(api.Url, "/objects?max-keys=1");

        Assert.Equal(200, recovered.Status);
        Assert.Equal(503, throttled.Status);
        Assert.Equal("SlowDown", throttled.Code);
        Assert.NotEmpty(throttled.Headers["retry-after"]);
    }

    [Fact]
    public async Task Metrics_And_Log_Lines_Are_Json_On_Standard_Output()
    {
        await using var api = await RunningApi.StartAsync();

        await Curl.GetAsync(api.Url, "/objects?max-keys=2");
        await Curl.GetAsync(api.Url, "/objects?max-keys=2");
        while (api.Log.Lines.Count < 4)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        var records = api.Log.Lines.Select(line => System.Text.Json.JsonElement.Parse(line)).ToArray();
        Assert.Equal(2, records.Count(record => record.TryGetProperty("_aws", out _)));
        var logged = records.Where(record => record.TryGetProperty("level", out _)).ToArray();
        Assert.Equal([true, false], logged.Select(line => line.GetProperty("coldStart").GetBoolean()));
        Assert.All(logged, line => Assert.Equal("arn:aws:iam::123456789012:user/local-all", line.GetProperty("principal").GetString()));
    }
}
