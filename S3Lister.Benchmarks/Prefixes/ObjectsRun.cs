using System.Diagnostics;
using System.Text.Json;
using S3Lister.Benchmarks.Processes;

namespace S3Lister.Benchmarks.Prefixes;

/// <summary><c>GET /objects</c> in a new process, from token to token, by a caller who adds up what the pages say.</summary>
internal static class ObjectsRun
{
    public const string Route = "GET /objects";

    private const string Query = "max-keys=10000";

    public static async Task<PrefixSum> RunAsync(FunctionSpec spec, RuntimeApi api)
    {
        await using var process = FunctionProcess.Start(spec, api, GatewayEvent.Get("/objects", Query));
        var last = process.First;
        var answer = await process.AnswerAsync(last);
        var (objects, bytes) = (0L, 0L);
        while (Add(answer, ref objects, ref bytes) is { } token)
        {
            await process.SettleAsync(last);
            last = api.CreateInvocation(GatewayEvent.Get("/objects", $"continuation-token={Uri.EscapeDataString(token)}&{Query}"));
            answer = await process.InvokeAsync(last);
        }

        var time = Stopwatch.GetElapsedTime(process.Started);
        await process.SettleAsync(last);
        return new PrefixSum(
            objects, bytes, time, ProcessAccounting.PeakMemory(process.Id), ProcessAccounting.CpuTime(process.Id));
    }

    /// <returns>The token of the next page.</returns>
    private static string? Add(ReadOnlyMemory<byte> answer, ref long objects, ref long bytes)
    {
        using var document = JsonDocument.Parse(Answer.Body(answer).Body);
        foreach (var entry in document.RootElement.GetProperty("contents").EnumerateArray())
        {
            objects++;
            bytes += entry.GetProperty("size").GetInt64();
        }

        return document.RootElement.GetProperty("nextContinuationToken").GetString();
    }
}
