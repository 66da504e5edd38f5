using System.ComponentModel;

namespace S3Lister.Local.RuntimeApi;

/// <summary>One execution environment: a process, its session at the Runtime API, one call at a time.</summary>
internal sealed class FunctionInstance : IAsyncDisposable
{
    // How long a runtime that reported that it cannot start has for logging why and exiting, even on a busy machine.
    private static readonly TimeSpan ExitGrace = TimeSpan.FromSeconds(5);

    private readonly FunctionOptions _options;
    private readonly FunctionProcess? _process;
    private readonly RuntimeSession _session;
    private readonly CancellationTokenRegistration _killOnStop;

    private FunctionInstance(
        FunctionOptions options, int slot, RuntimeSession session, FunctionProcess? process,
        CancellationTokenRegistration killOnStop)
    {
        _killOnStop = killOnStop;
        _options = options;
        _session = session;
        _process = process;
        Slot = slot;
    }

    /// <summary>Which of the function's addresses at the Runtime API it uses.</summary>
    public int Slot { get; }

    public required InitReport Init { get; init; }

    /// <summary>Whether it can handle a call.</summary>
    public bool IsReady => Init.Error is null && _process is { Exited.IsCompleted: false };

    /// <summary>
    /// Starts a process and waits until it requests a call. A process that fails to is ended, and the report says why.
    /// <paramref name="stopping"/> kills the process, whatever it is doing then.
    /// </summary>
    public static async Task<FunctionInstance> StartAsync(
        FunctionOptions options, RuntimeApiServer api, int slot, CancellationToken stopping)
    {
        var session = new RuntimeSession();
        api.Attach(slot, session);
        var time = options.TimeProvider;
        var started = time.GetTimestamp();
        var (process, error) = stopping.IsCancellationRequested
            ? (null, FunctionError.Create("Runtime.ExitError", "The function is being shut down"))
            : await LaunchAsync(options, api.Address(slot));
        var killOnStop = stopping.Register(() => process?.Kill());
        error ??= await InitializeAsync(options, session, process!);
        var report = new InitReport
        {
            FunctionName = options.Name,
            ProcessId = process?.Id ?? 0,
            Duration = time.GetElapsedTime(started),
            Error = error,
        };
        if (error is not null && process is not null)
        {
            await Task.WhenAny(process.Exited, Task.Delay(ExitGrace, CancellationToken.None));
            await process.DisposeAsync();
        }

        options.Observer.OnInit(report);
        return new FunctionInstance(options, slot, session, process, killOnStop) { Init = report };
    }

    /// <summary>
    /// Sends the event to the function; never throws. A process that fails the call is ended. <paramref name="isCold"/>
    /// is set for a call that waited for the process to start.
    /// </summary>
    public async Task<InvocationResult> InvokeAsync(Invocation invocation, bool isCold)
    {
        var time = _options.TimeProvider;
        if (Init.Error is { } initError)
        {
            return Report(invocation, InvocationStatus.Error, isCold, TimeSpan.Zero, initError.Payload, initError);
        }

        var started = time.GetTimestamp();
        invocation.Deadline = time.GetUtcNow() + _options.Timeout;
        using var stop = new CancellationTokenSource();
        var timeout = Task.Delay(_options.Timeout, time, stop.Token);
        _session.Submit(invocation);
        var first = await Task.WhenAny(invocation.Completed, _process!.Exited, timeout);
        var duration = time.GetElapsedTime(started);
        await stop.CancelAsync();
        if (invocation.Completed.IsCompleted)
        {
            var result = await invocation.Completed;
            var status = result.Error is null ? InvocationStatus.Success : InvocationStatus.Error;
            return Report(invocation, status, isCold, duration, result.Payload, result.Error);
        }

        var error = first == timeout
            ? FunctionError.Create(
                "Sandbox.Timedout",
                FormattableString.Invariant(
                    $"RequestId: {invocation.RequestId} Error: Task timed out after {_options.Timeout.TotalSeconds:F2} seconds"))
            : FunctionError.Create(
                "Runtime.ExitError", $"RequestId: {invocation.RequestId} Error: {await _process.Exited}");
        var memory = _process.PeakMemory;
        _process.Kill();
        return Report(
            invocation,
            first == timeout ? InvocationStatus.Timeout : InvocationStatus.Error,
            isCold,
            duration,
            error.Payload,
            error,
            memory);
    }

    /// <summary>Waits until the process requests the next call, has ended, or has used up the time of the call.</summary>
    public async Task SettleAsync(Invocation invocation)
    {
        if (!IsReady)
        {
            return;
        }

        var remaining = invocation.Deadline - _options.TimeProvider.GetUtcNow();
        using var stop = new CancellationTokenSource();
        var timeout = Task.Delay(
            remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero, _options.TimeProvider, stop.Token);
        if (await Task.WhenAny(invocation.Finished, _process!.Exited, timeout) == timeout)
        {
            _process.Kill();
            await _process.Exited;
        }

        await stop.CancelAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _killOnStop.DisposeAsync();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }

    private static async Task<(FunctionProcess? Process, FunctionError? Error)> LaunchAsync(
        FunctionOptions options, string runtimeApi)
    {
        if (!File.Exists(options.Executable))
        {
            return (null, InvalidEntrypoint($"Couldn't find valid bootstrap(s): [{options.Executable}]"));
        }

        if (!IsExecutable(options.Executable))
        {
            return (null, InvalidEntrypoint($"fork/exec {options.Executable}: permission denied"));
        }

        try
        {
            var now = options.TimeProvider.GetUtcNow();
            return (
                await FunctionProcess.StartAsync(options, FunctionEnvironment.Build(options, runtimeApi, now)), null);
        }
        catch (Exception exception) when (exception is Win32Exception or IOException)
        {
            return (null, InvalidEntrypoint(exception.Message));
        }
    }

    private static async Task<FunctionError?> InitializeAsync(
        FunctionOptions options, RuntimeSession session, FunctionProcess process)
    {
        using var stop = new CancellationTokenSource();
        var timeout = Task.Delay(options.InitTimeout, options.TimeProvider, stop.Token);
        var first = await Task.WhenAny(session.Initialized, process.Exited, timeout);
        await stop.CancelAsync();
        if (session.Initialized.IsCompleted)
        {
            return await session.Initialized;
        }

        return first == timeout
            ? FunctionError.Create(
                "Sandbox.Timedout",
                FormattableString.Invariant($"Init timed out after {options.InitTimeout.TotalSeconds:F2} seconds"))
            : FunctionError.Create("Runtime.ExitError", await process.Exited);
    }

    private static bool IsExecutable(string path) =>
        OperatingSystem.IsWindows()
        || path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
        || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0;

    private static FunctionError InvalidEntrypoint(string message) =>
        FunctionError.Create("Runtime.InvalidEntrypoint", message);

    private InvocationResult Report(
        Invocation invocation,
        InvocationStatus status,
        bool isCold,
        TimeSpan duration,
        ReadOnlyMemory<byte> payload,
        FunctionError? error,
        long? memory = null)
    {
        var report = new InvocationReport
        {
            FunctionName = _options.Name,
            RequestId = invocation.RequestId,
            ProcessId = Init.ProcessId,
            Status = status,
            Duration = duration,
            InitDuration = isCold ? Init.Duration : null,
            MemorySize = _options.MemorySize,
            MaxMemoryUsed = memory ?? _process?.PeakMemory ?? 0,
        };
        _options.Observer.OnInvocation(report);
        return new InvocationResult { Payload = payload, Error = error, Report = report };
    }
}
