using S3Lister.Local.RuntimeApi;
using S3Lister.Local.SigV4;

namespace S3Lister.Local.Gateway;

internal sealed record GatewayOptions
{
    public required IReadOnlyList<Route> Routes { get; init; }

    /// <summary>The functions of the routes, by logical ID.</summary>
    public required IReadOnlyDictionary<string, FunctionHost> Functions { get; init; }

    /// <summary>Who may sign requests. Default: <see cref="LocalIdentities.All"/>.</summary>
    public IReadOnlyList<Identity> Identities { get; init; } = LocalIdentities.All;

    /// <summary>The port on 127.0.0.1. Default: 0, a free one.</summary>
    public int Port { get; init; }

    /// <summary>Whether the next free port is used when <see cref="Port"/> is in use. Default: no, that is an error.</summary>
    public bool TakesNextPort { get; init; }

    /// <summary>The region that requests are signed for. Default: us-east-1.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>How long to wait for a function. Default: 30 seconds, the most an HTTP API allows.</summary>
    public TimeSpan IntegrationTimeout { get; init; } = GatewayLimits.IntegrationTimeout;

    /// <summary>Called after every request, from many threads. Default: none.</summary>
    public Action<AccessLogEntry>? AccessLog { get; init; }

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
