using System.Collections.Concurrent;

namespace S3Lister.Local.RuntimeApi;

/// <summary>
/// What Lambda does with one function: starts its executable when a call comes, keeps it warm, starts more of it under
/// concurrent calls, and replaces it when it dies.
/// </summary>
internal sealed class FunctionHost : IAsyncDisposable
{
    private readonly FunctionOptions _options;
    private readonly SemaphoreSlim _capacity;
    private readonly ConcurrentStack<FunctionInstance> _idle = [];
    private readonly ConcurrentBag<int> _freeSlots;
    private readonly ConcurrentDictionary<Task, bool> _running = [];
    private readonly CancellationTokenSource _stopping = new();
    private RuntimeApiServer? _api;

    private FunctionHost(FunctionOptions options)
    {
        _options = options;
        _capacity = new SemaphoreSlim(options.MaxInstances);
        _freeSlots = [.. Enumerable.Range(0, options.MaxInstances)];
    }

    public static async Task<FunctionHost> StartAsync(FunctionOptions options, CancellationToken cancellationToken)
    {
        var host = new FunctionHost(options);
        host._api = await RuntimeApiServer.StartAsync(options, cancellationToken);
        return host;
    }

    /// <summary>
    /// Calls the function and waits for its response. Cancelling ends the wait only; a function that has started
    /// continues, as in Lambda.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The host is disposed.</exception>
    public async Task<InvocationResult> InvokeAsync(
        ReadOnlyMemory<byte> payload, CancellationToken cancellationToken, string? traceId = null)
    {
        var invocation = new Invocation(
            Guid.NewGuid().ToString(), traceId ?? TraceId.New(_options.TimeProvider), payload);
        if (payload.Length > LambdaLimits.RequestBytes)
        {
            return TooLarge(invocation);
        }

        await WaitForCapacityAsync(cancellationToken);
        var completion = new TaskCompletionSource<InvocationResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        Track(RunAsync(invocation, completion));
        return await completion.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Starts one process if none is ready, and reports how that went.</summary>
    /// <exception cref="ObjectDisposedException">The host is disposed.</exception>
    public async Task<InitReport> WarmAsync(CancellationToken cancellationToken)
    {
        await WaitForCapacityAsync(cancellationToken);
        var warming = WarmOneAsync();
        Track(warming);
        return await warming.WaitAsync(cancellationToken);
    }

    /// <summary>Kills every process; calls under way end as errors.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_running.Keys);
        while (_idle.TryPop(out var idle))
        {
            await EndAsync(idle);
        }

        await _api!.DisposeAsync();
        _capacity.Dispose();
        _stopping.Dispose();
    }

    private async Task WaitForCapacityAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        try
        {
            await _capacity.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ObjectDisposedException(nameof(FunctionHost));
        }
    }

    private async Task RunAsync(Invocation invocation, TaskCompletionSource<InvocationResult> completion)
    {
        var (instance, isCold) = await TakeAsync();
        var result = await instance.InvokeAsync(invocation, isCold);
        var settling = SettleAsync(instance, invocation);
        await Task.WhenAny(settling, Task.Delay(_options.SettleGrace));
        completion.SetResult(result);
        await settling;
    }

    private async Task SettleAsync(FunctionInstance instance, Invocation invocation)
    {
        await instance.SettleAsync(invocation);
        await ReturnAsync(instance);
    }

    private async Task<InitReport> WarmOneAsync()
    {
        var (instance, _) = await TakeAsync();
        await ReturnAsync(instance);
        return instance.Init;
    }

    // The semaphore was entered, so a slot is free.
    private async Task<(FunctionInstance Instance, bool IsCold)> TakeAsync()
    {
        while (_idle.TryPop(out var idle))
        {
            if (idle.IsReady)
            {
                return (idle, false);
            }

            await EndAsync(idle);
        }

        _freeSlots.TryTake(out var slot);
        return (await FunctionInstance.StartAsync(_options, _api!, slot, _stopping.Token), true);
    }

    private async Task ReturnAsync(FunctionInstance instance)
    {
        if (instance.IsReady)
        {
            _idle.Push(instance);
        }
        else
        {
            await EndAsync(instance);
        }

        _capacity.Release();
    }

    private async Task EndAsync(FunctionInstance instance)
    {
        await instance.DisposeAsync();
        _api!.Detach(instance.Slot);
        _freeSlots.Add(instance.Slot);
    }

    private void Track(Task task)
    {
        _running.TryAdd(task, true);
        task.ContinueWith(
            done => _running.TryRemove(done, out _),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private InvocationResult TooLarge(Invocation invocation)
    {
        var error = FunctionError.Create(
            "RequestEntityTooLargeException",
            FormattableString.Invariant(
                $"{invocation.Payload.Length} byte payload is too large for the RequestResponse invocation type (limit {LambdaLimits.RequestBytes} bytes)"));
        return new InvocationResult
        {
            Payload = error.Payload,
            Error = error,
            Report = new InvocationReport
            {
                FunctionName = _options.Name,
                RequestId = invocation.RequestId,
                ProcessId = 0,
                Status = InvocationStatus.RequestTooLarge,
                Duration = TimeSpan.Zero,
                MemorySize = _options.MemorySize,
            },
        };
    }
}
