using System.Diagnostics;
using System.Text.Json;
using S3Lister.Benchmarks.Processes;
using S3Lister.Local.RuntimeApi;

namespace S3Lister.Benchmarks.Prefixes;

/// <summary>Calls a route in a new process from token to token and adds up the responses.</summary>
/// <param name="Add">Returns the objects and bytes of one response.</param>
internal sealed record RouteRun(string Path, string Query, Func<JsonElement, (long Objects, long Bytes)> Add)
{
    public static RouteRun Summary { get; } = new("/summary", "", static summary =>
        (summary.GetProperty("objects").GetInt64(), summary.GetProperty("bytes").GetInt64()));

    /// <summary>With everything that a summary can be broken down by.</summary>
    public static RouteRun Breakdown { get; } = Summary with
    {
        Query = "by=cube%2Cending&delimiter=%2F&depth=8&modified-edges=2020-01-01T00%3A00%3A00Z%2C2023-01-01T00%3A00%3A00Z%2C2026-01-01T00%3A00%3A00Z",
    };

    public static RouteRun Objects { get; } = new("/objects", "max-keys=10000", static page =>
    {
        var contents = page.GetProperty("contents");
        return (contents.GetArrayLength(), contents.EnumerateArray().Sum(entry => entry.GetProperty("size").GetInt64()));
    });

    public string Route => $"GET {Path}";

    public async Task<PrefixSum> RunAsync(FunctionSpec spec, MeasuredFunction function)
    {
        await using var process = MeasuredProcess.Start(spec, function, Event(token: null));
        var last = process.First;
        var response = await process.InvokeAsync(last);
        var (objects, bytes) = (0L, 0L);
        while (Read(response, ref objects, ref bytes) is { } token)
        {
            await process.SettleAsync(last);
            last = function.CreateInvocation(Event(token));
            response = await process.InvokeAsync(last);
        }

        var time = Stopwatch.GetElapsedTime(process.Started);
        await process.SettleAsync(last);
        return new PrefixSum(
            objects, bytes, time, FunctionProcess.PeakMemoryOf(process.Id), ProcessAccounting.CpuTime(process.Id));
    }

    /// <returns>The token for the remaining objects.</returns>
    private string? Read(ReadOnlyMemory<byte> response, ref long objects, ref long bytes)
    {
        using var document = JsonDocument.Parse(FunctionResponse.Body(response).Body);
        var (more, moreBytes) = Add(document.RootElement);
        objects += more;
        bytes += moreBytes;
        return document.RootElement.GetProperty("nextContinuationToken").GetString();
    }

    private ReadOnlyMemory<byte> Event(string? token) =>
        GatewayEvent.Get(Path, token is null ? Query : $"{Query}{(Query.Length == 0 ? "" : "&")}continuation-token={Uri.EscapeDataString(token)}");
}
