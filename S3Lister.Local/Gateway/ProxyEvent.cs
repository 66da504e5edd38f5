using S3Lister.Local.SigV4;

namespace S3Lister.Local.Gateway;

/// <summary>The input of an event.</summary>
internal sealed record ProxyEvent
{
    public required SignedRequest Request { get; init; }

    public required RouteMatch Match { get; init; }

    /// <summary>The decoded path.</summary>
    public required string Path { get; init; }

    public required string Protocol { get; init; }

    public required string SourceIp { get; init; }

    public required int Port { get; init; }

    public required string RequestId { get; init; }

    /// <summary><c>Root=1-…</c></summary>
    public required string TraceRoot { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required string AccountId { get; init; }

    public required string ApiId { get; init; }

    /// <summary>Who signed the request; null on a route without an authorizer.</summary>
    public required Identity? Caller { get; init; }
}
