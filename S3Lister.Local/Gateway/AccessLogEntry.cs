namespace S3Lister.Local.Gateway;

/// <summary>A request as in API Gateway's access log.</summary>
internal sealed record AccessLogEntry
{
    public required string RequestId { get; init; }

    public required string Method { get; init; }

    /// <summary>Path and query as in the request line.</summary>
    public required string Target { get; init; }

    /// <summary>Null where no route was found.</summary>
    public required string? RouteKey { get; init; }

    public required int Status { get; init; }

    public required int ResponseLength { get; init; }

    public required TimeSpan Latency { get; init; }

    /// <summary>The ARN of who signed the request.</summary>
    public required string? Caller { get; init; }

    /// <summary>Why it was refused or failed, which the response does not say.</summary>
    public required string? Error { get; init; }

    /// <summary>What to do about a refused signature, a line each; API Gateway's own log has nothing like it.</summary>
    public IReadOnlyList<string> Explanation { get; init; } = [];
}
