namespace S3Lister.Local.RuntimeApi;

/// <summary>What a call took.</summary>
internal sealed record InvocationReport
{
    public required string FunctionName { get; init; }

    public required string RequestId { get; init; }

    public required int ProcessId { get; init; }

    public required InvocationStatus Status { get; init; }

    /// <summary>From handing out the event to the response; zero when the function never got it.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>What the call waited for its process to come up; null when it was warm.</summary>
    public TimeSpan? InitDuration { get; init; }

    public required int MemorySize { get; init; }

    /// <summary>The highest resident set of the process so far, in bytes; zero where the system does not tell.</summary>
    public long MaxMemoryUsed { get; init; }
}
