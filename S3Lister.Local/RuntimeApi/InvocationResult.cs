namespace S3Lister.Local.RuntimeApi;

/// <summary>The response of the Invoke API.</summary>
internal sealed record InvocationResult
{
    /// <summary>The function's response, or the error as JSON.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }

    /// <summary>What went wrong; null when the function responded.</summary>
    public FunctionError? Error { get; init; }

    public required InvocationReport Report { get; init; }

    public InvocationStatus Status => Report.Status;
}
