using S3Lister.Benchmarks.Report;

namespace S3Lister.Benchmarks.Processes;

/// <param name="MemoryMegabytes">The memory size whose share of a core the process gets after its initialization; null for all cores.</param>
/// <param name="LatencyMs">The mean latency of S3, in milliseconds.</param>
internal sealed record StartCondition(int? MemoryMegabytes, double LatencyMs);

/// <param name="Initialization">From the process's start to its first request for an event.</param>
/// <param name="FirstResponse">From sending the first event to the response, without the time that S3 waited.</param>
/// <param name="Cpu">CPU time from the start to the request for the second event.</param>
internal sealed record MeasuredStart(TimeSpan Initialization, TimeSpan FirstResponse, TimeSpan Cpu);

/// <summary>The starts of a function under one condition, in milliseconds.</summary>
internal sealed record StartFigures(
    StartCondition Condition, Distribution Initialization, Distribution FirstResponse, Distribution StartToFirstResponse, Distribution Cpu)
{
    public static StartFigures Of(StartCondition condition, IReadOnlyList<MeasuredStart> starts) => new(
        condition,
        Distribution.Of(starts.Select(start => start.Initialization.TotalMilliseconds)),
        Distribution.Of(starts.Select(start => start.FirstResponse.TotalMilliseconds)),
        Distribution.Of(starts.Select(start => (start.Initialization + start.FirstResponse).TotalMilliseconds)),
        Distribution.Of(starts.Select(start => start.Cpu.TotalMilliseconds)));
}
