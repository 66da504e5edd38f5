namespace S3Lister.Local.RuntimeApi;

/// <summary>How a process started.</summary>
internal sealed record InitReport
{
    public required string FunctionName { get; init; }

    /// <summary>Zero where no process could be started.</summary>
    public required int ProcessId { get; init; }

    /// <summary>From before the process is started to its first request for a call.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Why it cannot handle calls; null when it is ready.</summary>
    public FunctionError? Error { get; init; }
}
