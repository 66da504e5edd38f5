namespace S3Lister.Client;

/// <summary>Options of an <see cref="S3ListerClient"/>.</summary>
public sealed record S3ListerClientOptions
{
    /// <summary>
    /// The region that requests are signed for. Default: the one in the API's host name, or else the one of the environment or the
    /// AWS profile.
    /// </summary>
    public string? Region { get; init; }

    /// <summary>How often a request is sent at most, 1 or more. Default: 5.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>How long one attempt may take. Default: 60 seconds; API Gateway responds within 30.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Sends the signed requests. It must not follow redirects, which would not be signed. Default: a <see cref="SocketsHttpHandler"/>.</summary>
    public HttpMessageHandler? Handler { get; init; }

    /// <summary>The clock of the delays between attempts. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Called before each delay, for example to log it. Default: nothing.</summary>
    public Action<RetryNotice>? OnRetry { get; init; }
}

/// <summary>A request that is about to be repeated.</summary>
/// <param name="Failure">Why: an <see cref="S3ListerException"/>, or an <see cref="HttpRequestException"/> if the response broke off.</param>
/// <param name="Attempt">How often the request has been sent.</param>
/// <param name="Delay">The time until it is sent again.</param>
public sealed record RetryNotice(Exception Failure, int Attempt, TimeSpan Delay);
