namespace Amazon.Lambda.RuntimeSupport;

/// <summary>One invocation as the Runtime API hands it out: the payload, and what the headers say about it.</summary>
internal sealed record Invocation(string RequestId, MemoryStream Payload) : IDisposable
{
    /// <summary>Milliseconds since 1970; 0 where the header is missing.</summary>
    public long DeadlineMs { get; init; }

    public string? FunctionArn { get; init; }

    public string? TraceId { get; init; }

    public string? TenantId { get; init; }

    public string? ClientContextJson { get; init; }

    public string? CognitoIdentityJson { get; init; }

    public void Dispose() => Payload.Dispose();
}
