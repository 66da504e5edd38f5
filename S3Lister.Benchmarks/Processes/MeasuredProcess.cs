using System.Collections.Concurrent;
using System.Diagnostics;
using S3Lister.Local.RuntimeApi;

namespace S3Lister.Benchmarks.Processes;

/// <summary>
/// A measured process of a function. It is started directly, because a wrapper would be measured too.
/// </summary>
internal sealed class MeasuredProcess : IAsyncDisposable
{
    private const int KeptLines = 20;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<string> _lastLines = [];
    private readonly RuntimeSession _session = new();
    private readonly FunctionProcess _process;

    private MeasuredProcess(FunctionSpec spec, MeasuredFunction function, ReadOnlyMemory<byte> firstEvent)
    {
        ProcessStartInfo start = new(spec.Command[0], spec.Command.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = spec.Package ?? Path.GetDirectoryName(Path.GetFullPath(spec.Command[0])),
        };
        start.Environment.Clear();
        foreach (var (name, value) in function.Environment.Concat(spec.Environment ?? new Dictionary<string, string>()))
        {
            start.Environment[name] = value;
        }

        function.Attach(_session);
        First = function.CreateInvocation(firstEvent);
        Started = Stopwatch.GetTimestamp();
        _process = FunctionProcess.Start(start, KeepLine);
    }

    public int Id => _process.Id;

    /// <summary>The time of the start, as a timestamp of <see cref="Stopwatch"/>.</summary>
    public long Started { get; }

    /// <summary>The first event to send.</summary>
    public Invocation First { get; }

    public static MeasuredProcess Start(FunctionSpec spec, MeasuredFunction function, ReadOnlyMemory<byte> firstEvent) =>
        new(spec, function, firstEvent);

    /// <summary>Waits until the process requests its first event.</summary>
    public async Task InitializeAsync()
    {
        await WaitAsync(_session.Initialized);
        if (await _session.Initialized is { } error)
        {
            throw new BenchmarkException($"The function does not start: {error.Type}: {error.Message}");
        }
    }

    /// <summary>Sends an event to the function and waits for its response.</summary>
    public async Task<ReadOnlyMemory<byte>> InvokeAsync(Invocation invocation)
    {
        _session.Submit(invocation);
        await WaitAsync(invocation.Completed);
        var response = await invocation.Completed;
        return response.Error is null
            ? response.Payload
            : throw new BenchmarkException($"The function failed: {response.Error.Type}: {response.Error.Message}");
    }

    /// <summary>Waits until the function requests the next event, which means that it has finished this one.</summary>
    public Task SettleAsync(Invocation invocation) => WaitAsync(invocation.Finished);

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task WaitAsync(Task task)
    {
        if (task.IsCompleted)
        {
            return;
        }

        using CancellationTokenSource stop = new();
        var first = await Task.WhenAny(task, _process.Exited, Task.Delay(Timeout, stop.Token));
        await stop.CancelAsync();
        if (first != task)
        {
            throw new BenchmarkException(
                $"The function {(first == _process.Exited ? "has ended" : "does not respond")}. Its last lines: {string.Join('\n', _lastLines)}");
        }
    }

    private void KeepLine(string line)
    {
        _lastLines.Enqueue(line);
        if (_lastLines.Count > KeptLines)
        {
            _lastLines.TryDequeue(out _);
        }
    }
}
