namespace S3Lister.Local.RuntimeApi;

/// <summary>Duration and memory of a call.</summary>
internal sealed record InvocationReport
{
    public required string FunctionName { get; init; }

    public required string RequestId { get; init; }

    public required int ProcessId { get; init; }

    public required InvocationStatus Status { get; init; }

    /// <summary>From sending the event to the response; zero when the function never received it.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How long the call waited for its process to start; null when it was warm.</summary>
    public TimeSpan? InitDuration { get; init; }

    public required int MemorySize { get; init; }

    /// <summary>The highest resident set of the process so far, in bytes; zero where the system does not report it.</summary>
    public long MaxMemoryUsed { get; init; }
}
