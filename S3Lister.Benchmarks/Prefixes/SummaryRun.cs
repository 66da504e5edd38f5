using System.Diagnostics;
using System.Text.Json;
using S3Lister.Benchmarks.Processes;

namespace S3Lister.Benchmarks.Prefixes;

/// <summary><c>GET /summary</c> in a new process, to the end: where an answer is not complete, with its token again.</summary>
internal static class SummaryRun
{
    public const string Route = "GET /summary";

    public static async Task<PrefixSum> RunAsync(FunctionSpec spec, RuntimeApi api)
    {
        await using var process = FunctionProcess.Start(spec, api, Event(""));
        var last = process.First;
        var answer = await process.AnswerAsync(last);
        var (objects, bytes) = (0L, 0L);
        while (Add(answer, ref objects, ref bytes) is { } token)
        {
            await process.SettleAsync(last);
            last = api.CreateInvocation(Event($"continuation-token={Uri.EscapeDataString(token)}"));
            answer = await process.InvokeAsync(last);
        }

        var time = Stopwatch.GetElapsedTime(process.Started);
        await process.SettleAsync(last);
        return new PrefixSum(
            objects, bytes, time, ProcessAccounting.PeakMemory(process.Id), ProcessAccounting.CpuTime(process.Id));
    }

    /// <summary>Each answer has the sums of what it listed itself.</summary>
    /// <returns>The token for what is left.</returns>
    private static string? Add(ReadOnlyMemory<byte> answer, ref long objects, ref long bytes)
    {
        using var document = JsonDocument.Parse(Answer.Body(answer).Body);
        var summary = document.RootElement;
        objects += summary.GetProperty("objects").GetInt64();
        bytes += summary.GetProperty("bytes").GetInt64();
        return summary.GetProperty("nextContinuationToken").GetString();
    }

    private static ReadOnlyMemory<byte> Event(string query) => GatewayEvent.Get("/summary", query);
}
