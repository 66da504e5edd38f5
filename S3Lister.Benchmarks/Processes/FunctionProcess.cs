using System.Diagnostics;
using System.Text;
using S3Lister.Local.RuntimeApi;

namespace S3Lister.Benchmarks.Processes;

/// <summary>
/// One process of a function, from its start on. It is started as it is, with nothing between that would be measured
/// with it, and its output is read and forgotten, except for the end of what it says of errors.
/// </summary>
internal sealed class FunctionProcess : IAsyncDisposable
{
    private const int ErrorText = 4000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly RuntimeSession _session;
    private readonly Task _output;
    private readonly Task _exited;
    private readonly StringBuilder _errors = new();

    private FunctionProcess(Process process, RuntimeSession session)
    {
        _process = process;
        _session = session;
        Id = process.Id;
        _output = Task.WhenAll(
            process.StandardOutput.BaseStream.CopyToAsync(Stream.Null), KeepErrorsAsync(process.StandardError));
        _exited = process.WaitForExitAsync();
    }

    public int Id { get; }

    /// <summary>When it was started, by <see cref="Stopwatch"/>.</summary>
    public required long Started { get; init; }

    /// <summary>The first event, which waits for the process.</summary>
    public required Invocation First { get; init; }

    public static FunctionProcess Start(FunctionSpec spec, RuntimeApi api, ReadOnlyMemory<byte> firstEvent)
    {
        ProcessStartInfo start = new(spec.Command[0], spec.Command.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = spec.Package ?? Path.GetDirectoryName(Path.GetFullPath(spec.Command[0])),
        };
        start.Environment.Clear();
        foreach (var (name, value) in api.Environment.Concat(spec.Environment ?? new Dictionary<string, string>()))
        {
            start.Environment[name] = value;
        }

        RuntimeSession session = new();
        api.Attach(session);
        var first = api.CreateInvocation(firstEvent);
        session.Submit(first);
        var started = Stopwatch.GetTimestamp();
        return new FunctionProcess(Process.Start(start)!, session) { Started = started, First = first };
    }

    /// <summary>Waits for the process to ask for its first event.</summary>
    public async Task InitializeAsync()
    {
        await WaitAsync(_session.Initialized);
        if (await _session.Initialized is { } error)
        {
            throw new BenchmarkException($"The function does not start: {error.Type}: {error.Message}");
        }
    }

    /// <summary>Gives the function an event and waits for its answer.</summary>
    public Task<ReadOnlyMemory<byte>> InvokeAsync(Invocation invocation)
    {
        _session.Submit(invocation);
        return AnswerAsync(invocation);
    }

    /// <summary>Waits for the answer to an event that it has been given.</summary>
    public async Task<ReadOnlyMemory<byte>> AnswerAsync(Invocation invocation)
    {
        await WaitAsync(invocation.Answered);
        var answer = await invocation.Answered;
        return answer.Error is null
            ? answer.Payload
            : throw new BenchmarkException($"The function failed: {answer.Error.Type}: {answer.Error.Message}");
    }

    /// <summary>Waits until the function asks for another event: what it does for the one before is done.</summary>
    public Task SettleAsync(Invocation invocation) => WaitAsync(invocation.Finished);

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _exited;
        await _output;
        _process.Dispose();
    }

    private async Task WaitAsync(Task task)
    {
        if (task.IsCompleted)
        {
            return;
        }

        using CancellationTokenSource stop = new();
        var first = await Task.WhenAny(task, _exited, Task.Delay(Patience, stop.Token));
        await stop.CancelAsync();
        if (first != task)
        {
            throw new BenchmarkException(
                $"The function {(first == _exited ? "has ended" : "does not answer")}. What it says: {Errors()}");
        }
    }

    private string Errors()
    {
        lock (_errors)
        {
            return _errors.ToString();
        }
    }

    private async Task KeepErrorsAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_errors)
            {
                _errors.AppendLine(line);
                _errors.Remove(0, int.Max(0, _errors.Length - ErrorText));
            }
        }
    }
}
