using Amazon.Lambda.Core;

namespace S3Lister.Functions.Pipeline;

/// <summary>Stops a request early enough to respond before Lambda's timeout.</summary>
internal static class Deadline
{
    /// <summary>The worst case: rendering and sending a 6 MB response with 128 MB of memory, which has a fourteenth of a core.</summary>
    public static readonly TimeSpan TimeToRespond = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Lambda's maximum timeout. After the clock was set back, the remaining time can be years, longer than a timer supports.
    /// </summary>
    private static readonly TimeSpan MaxTimeout = TimeSpan.FromMinutes(15);

    public static CancellationTokenSource For(ILambdaContext context, TimeProvider time)
    {
        var remaining = context.RemainingTime;
        return remaining <= TimeToRespond
            ? new(TimeSpan.Zero, time)
            : new((remaining < MaxTimeout ? remaining : MaxTimeout) - TimeToRespond, time);
    }
}
