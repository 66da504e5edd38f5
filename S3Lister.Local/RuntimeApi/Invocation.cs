namespace S3Lister.Local.RuntimeApi;

/// <summary>One event on its way through one process.</summary>
internal sealed class Invocation(string requestId, string traceId, ReadOnlyMemory<byte> payload)
{
    private readonly TaskCompletionSource<RuntimeResult> _completed =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string RequestId => requestId;

    /// <summary>The value of <c>X-Amzn-Trace-Id</c>.</summary>
    public string TraceId => traceId;

    public ReadOnlyMemory<byte> Payload => payload;

    /// <summary>When the function is killed; sent as <c>Lambda-Runtime-Deadline-Ms</c>.</summary>
    public DateTimeOffset Deadline { get; set; }

    /// <summary>Done when the runtime posted a response or an error.</summary>
    public Task<RuntimeResult> Completed => _completed.Task;

    /// <summary>Done when the runtime requested the next event: it can handle another call.</summary>
    public Task Finished => _finished.Task;

    public void Complete(RuntimeResult result) => _completed.TrySetResult(result);

    public void Finish() => _finished.TrySetResult();
}
