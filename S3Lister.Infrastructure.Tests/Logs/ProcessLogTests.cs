using System.Text.Json;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Logs;

/// <summary>The filters over the log of the real function process, with a Runtime API and an S3 that throttles.</summary>
public sealed class ProcessLogTests
{
    [Fact]
    public async Task Filters_Distinguish_The_Lines_Of_The_Process()
    {
        await using var api = await RunningApi.StartAsync();
        await Curl.GetAsync(api.Url, "/objects?max-keys=1");
        await Curl.GetAsync(api.Url, "/objects?max-keys=none");
        api.S3.Weather.ThrottledShare = 1;
        await Curl.GetAsync(api.Url, "/objects?max-keys=1");
        await WaitForAsync(api.Log, 6);

        string[] lines = [.. api.Log.Lines];

        Assert.Equal("""["Throttled: S3 responded 503 SlowDown, request"]""", JsonSerializer.Serialize(Causes(lines, "S3Throttled")));
        Assert.All((string[])["S3AccessDenied", "S3WrongBucket", "S3Failed", "DeadlineExceeded", "PrefixNotAllowed", "InternalError"], metric => Assert.Empty(Causes(lines, metric)));
    }

    [Fact]
    public async Task Lines_Of_The_Handlers_Have_The_Fields_Of_The_Process()
    {
        await using var api = await RunningApi.StartAsync();
        await Curl.GetAsync(api.Url, "/objects?max-keys=1");
        await WaitForAsync(api.Log, 2);

        var process = api.Log.Lines.SelectMany(Fields).Except(["traceId", "tenantId"]);
        var handlers = (await FunctionLog.Current).Lines["Succeeded"].SelectMany(Fields).Distinct();

        Assert.Equal(process.Order(StringComparer.Ordinal), handlers.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Fields(string line) => JsonElement.Parse(line).EnumerateObject().Select(field => field.Name);

    /// <summary>The causes in the lines that a metric counts, without S3's request id.</summary>
    private static string[] Causes(string[] lines, string metric)
    {
        FilterPattern filter = new((string)TemplateSet.Current.Rendered("AWS::Logs::MetricFilter")
            .First(resource => resource.Id == $"ListObjects{metric}Filter")["FilterPattern"]!);
        return [.. lines.Where(filter.Matches).Select(line => JsonElement.Parse(line).GetProperty("cause").GetString()!).Select(cause => cause[..cause.LastIndexOf(' ')])];
    }

    private static async Task WaitForAsync(RunningApi.Observer log, int lines)
    {
        while (log.Lines.Count < lines)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
