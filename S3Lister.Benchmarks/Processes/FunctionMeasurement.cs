using System.Diagnostics;
using S3Lister.Benchmarks.Report;
using S3Lister.Local.RuntimeApi;

namespace S3Lister.Benchmarks.Processes;

/// <summary>Collects the measurements of one function over all rounds.</summary>
internal sealed class FunctionMeasurement(
    FunctionSpec spec, MeasuredFunction function, IReadOnlyDictionary<string, PageEvents> events, CpuShare? share)
{
    /// <summary>Without <c>Accept-Encoding</c>.</summary>
    public const string Identity = "";

    private readonly Dictionary<StartCondition, List<MeasuredStart>> _starts = [];
    private readonly List<double> _warm = [];
    private readonly Dictionary<string, List<double>> _cpu = [];
    private readonly Dictionary<string, int> _compressedBytes = [];
    private readonly List<double> _systemCpu = [];
    private int _responseBytes;
    private int _bodyBytes;
    private long _peakFirst;
    private long _peak;
    private double? _garbage;

    /// <summary>The same function without measurements.</summary>
    public FunctionMeasurement Restart() => new(spec, function, events, share);

    /// <summary>Starts a process, sends it one event, and stops it.</summary>
    public async Task StartAsync(StartCondition condition)
    {
        var weather = function.S3.Weather;
        var warmLatency = weather.Latency;
        weather.Latency = TimeSpan.FromMilliseconds(condition.LatencyMs);
        await using var process = MeasuredProcess.Start(spec, function, events[Identity][0]);
        share?.Add(process.Id);
        await process.InitializeAsync();
        var initialization = Stopwatch.GetElapsedTime(process.Started);
        share?.Limit(condition.MemoryMegabytes);
        var waited = weather.Waited;
        var sent = Stopwatch.GetTimestamp();
        var payload = await process.InvokeAsync(process.First);
        var response = Stopwatch.GetElapsedTime(sent) - (weather.Waited - waited);
        share?.Limit(null);
        await process.SettleAsync(process.First);
        weather.Latency = warmLatency;
        ListAt(_starts, condition).Add(new(initialization, response, ProcessAccounting.CpuTime(process.Id)));
        _peakFirst = long.Max(_peakFirst, FunctionProcess.PeakMemoryOf(process.Id));
        _responseBytes = payload.Length;
        _bodyBytes = FunctionResponse.Check(payload, PageEvents.PageSize);
    }

    /// <summary>Starts a process, warms it up and sends it many events.</summary>
    public async Task WarmAsync(int warmUp, int pages)
    {
        await using var process = MeasuredProcess.Start(spec, function, events[Identity][0]);
        await process.InvokeAsync(process.First);
        await process.SettleAsync(process.First);
        await RunAsync(process, events[Identity], warmUp, null);
        var system = ProcessAccounting.SystemTime(process.Id);
        await MeasureAsync(process, Identity, pages, _warm);
        _systemCpu.Add((ProcessAccounting.SystemTime(process.Id) - system).TotalMilliseconds / pages);
        _peak = long.Max(_peak, FunctionProcess.PeakMemoryOf(process.Id));
        foreach (var encoding in events.Keys.Where(encoding => encoding.Length > 0))
        {
            var payload = await RunAsync(process, events[encoding], 1, null);
            if (FunctionResponse.Body(payload) is (var body, true))
            {
                _compressedBytes[encoding] = body.Length;
                await MeasureAsync(process, encoding, pages, null);
            }
        }
    }

    /// <summary>Measures what the managed build allocates for a page.</summary>
    public async Task CountGarbageAsync(int warmUp, int pages)
    {
        if (spec.Assembly is null)
        {
            return;
        }

        var (counted, pipe) = AllocationCounter.Of(spec);
        await using var process = MeasuredProcess.Start(counted, function, events[Identity][0]);
        await process.InvokeAsync(process.First);
        await RunAsync(process, events[Identity], warmUp, null);
        var before = await AllocationCounter.ReadAsync(pipe);
        await RunAsync(process, events[Identity], pages, null);
        _garbage = Math.Round((await AllocationCounter.ReadAsync(pipe) - before) / (double)pages);
    }

    public FunctionFigures Figures()
    {
        var package = Package.Of(spec);
        return new FunctionFigures(spec.Name)
        {
            Starts = [.. _starts.Select(start => StartFigures.Of(start.Key, start.Value))],
            WarmPage = Distribution.Of(_warm),
            WarmPageCpu = Distribution.Of(_cpu[Identity]),
            WarmPageSystemCpu = Distribution.Of(_systemCpu),
            ResponseBytes = _responseBytes,
            BodyBytes = _bodyBytes,
            Compressed = _compressedBytes.ToDictionary(
                body => body.Key, body => new CompressedFigures(Distribution.Of(_cpu[body.Key]), body.Value)),
            GarbagePerPage = _garbage,
            PeakMemoryFirstPage = _peakFirst,
            PeakMemory = _peak,
            ZipBytes = package.ZipBytes,
            BinaryBytes = package.LargestFile,
        };
    }

    private async Task MeasureAsync(MeasuredProcess process, string encoding, int pages, List<double>? walls)
    {
        var before = ProcessAccounting.CpuTime(process.Id);
        await RunAsync(process, events[encoding], pages, walls);
        var used = ProcessAccounting.CpuTime(process.Id) - before;
        ListAt(_cpu, encoding).Add(used.TotalMilliseconds / pages);
    }

    private static List<TValue> ListAt<TKey, TValue>(Dictionary<TKey, List<TValue>> lists, TKey key)
        where TKey : notnull =>
        lists.TryGetValue(key, out var list) ? list : lists[key] = [];

    private async Task<ReadOnlyMemory<byte>> RunAsync(MeasuredProcess process, PageEvents pages, int count, List<double>? walls)
    {
        ReadOnlyMemory<byte> payload = default;
        for (var page = 0; page < count; page++)
        {
            var invocation = function.CreateInvocation(pages[page]);
            var started = Stopwatch.GetTimestamp();
            payload = await process.InvokeAsync(invocation);
            walls?.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            await process.SettleAsync(invocation);
        }

        return payload;
    }
}
