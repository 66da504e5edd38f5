namespace S3Lister.Local.RuntimeApi;

/// <summary>
/// What the Runtime API knows of one process: the states of the runtime and what is allowed in each.
/// https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
/// </summary>
internal sealed class RuntimeSession
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<FunctionError?> _initialized =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TaskCompletionSource<Invocation> _work = NewWork();
    private State _state = State.Initializing;
    private Invocation? _current;

    private enum State
    {
        Initializing,
        InitFailed,
        Waiting,
        Invoking,
        Completed,
    }

    /// <summary>Done when the runtime requested its first event (null) or reported an initialization error.</summary>
    public Task<FunctionError?> Initialized => _initialized.Task;

    /// <summary>Passes an event to the runtime, which is waiting for one.</summary>
    public void Submit(Invocation invocation)
    {
        lock (_gate)
        {
            _work.SetResult(invocation);
        }
    }

    /// <summary>Waits for the next event; null when the runtime may not request one now.</summary>
    public async Task<Invocation?> NextAsync(CancellationToken cancellationToken)
    {
        Task<Invocation> work;
        lock (_gate)
        {
            if (_state is State.Invoking or State.InitFailed)
            {
                return null;
            }

            _initialized.TrySetResult(null);
            _state = State.Waiting;
            _current?.Finish();
            _current = null;
            work = _work.Task;
        }

        var invocation = await work.WaitAsync(cancellationToken);
        lock (_gate)
        {
            // Of two polls at once only the first gets the event.
            if (_work.Task != work)
            {
                return null;
            }

            _work = NewWork();
            _state = State.Invoking;
            return _current = invocation;
        }
    }

    /// <summary>Completes an event with the runtime's response or error.</summary>
    public RuntimeReply Complete(string requestId, RuntimeResult result)
    {
        lock (_gate)
        {
            if (_current?.RequestId != requestId)
            {
                return RuntimeReply.InvalidRequestId;
            }

            if (_state != State.Invoking)
            {
                return RuntimeReply.InvalidTransition;
            }

            _state = State.Completed;
            _current.Complete(result);
            return RuntimeReply.Accepted;
        }
    }

    /// <summary>Records the error for which the runtime could not start.</summary>
    public RuntimeReply FailInit(FunctionError error)
    {
        lock (_gate)
        {
            if (_state != State.Initializing)
            {
                return RuntimeReply.InvalidTransition;
            }

            _state = State.InitFailed;
            _initialized.TrySetResult(error);
            return RuntimeReply.Accepted;
        }
    }

    private static TaskCompletionSource<Invocation> NewWork() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}
