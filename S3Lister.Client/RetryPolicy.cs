namespace S3Lister.Client;

/// <summary>Which failures are repeated, and when.</summary>
internal static class RetryPolicy
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Whether the same request can succeed: the service responds that it is throttled or not available, or the response broke off.
    /// A host that is not found, refuses connections or has no valid certificate is not tried again.
    /// </summary>
    public static bool IsTransient(Exception failure) => failure switch
    {
        S3ListerException problem => problem.IsTransient,
        HttpRequestException request => request.HttpRequestError is not (
            HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError),
        _ => false,
    };

    /// <returns>
    /// What the service requests, or else a random part of a delay that doubles with each attempt, up to 20 seconds: callers that
    /// failed together do not return together.
    /// </returns>
    public static TimeSpan Delay(Exception failure, int attempt) =>
        (failure as S3ListerException)?.RetryAfter ?? Jitter(TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(attempt, 16))));

#pragma warning disable CA5394 // The random number need not be secure.
    private static TimeSpan Jitter(TimeSpan most) => most * Random.Shared.NextDouble();
#pragma warning restore CA5394
}
