namespace Amazon.Lambda.RuntimeSupport;

/// <summary>One event of the Runtime API, and what its headers say.</summary>
internal sealed record Invocation(string RequestId, byte[] Payload)
{
    /// <summary>Milliseconds since 1970; 0 when the header is missing.</summary>
    public long DeadlineMs { get; init; }

    public string? FunctionArn { get; init; }

    public string? TraceId { get; init; }
}
