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
        var answer = JsonElement.Parse(Answer.Body(await process.AnswerAsync(process.First)).Body);
        var last = process.First;
        while (!answer.GetProperty("complete").GetBoolean())
        {
            await process.SettleAsync(last);
            last = api.CreateInvocation(Event(Token(answer)));
            answer = JsonElement.Parse(Answer.Body(await process.InvokeAsync(last)).Body);
        }

        var time = Stopwatch.GetElapsedTime(process.Started);
        await process.SettleAsync(last);
        return new PrefixSum(
            answer.GetProperty("objects").GetInt64(),
            answer.GetProperty("bytes").GetInt64(),
            time,
            ProcessAccounting.PeakMemory(process.Id),
            ProcessAccounting.CpuTime(process.Id));
    }

    private static ReadOnlyMemory<byte> Event(string query) => GatewayEvent.Get("/summary", query);

    private static string Token(JsonElement answer) =>
        $"continuation-token={Uri.EscapeDataString(answer.GetProperty("nextContinuationToken").GetString()!)}";
}
