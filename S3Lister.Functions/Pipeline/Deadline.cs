using Amazon.Lambda.Core;

namespace S3Lister.Functions.Pipeline;

/// <summary>When to stop, so that there is time to respond before Lambda ends the process.</summary>
internal static class Deadline
{
    /// <summary>For writing, escaping and sending a largest answer at the smallest memory, where a CPU-millisecond takes fourteen.</summary>
    public static readonly TimeSpan TimeToAnswer = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The longest that Lambda lets a function run. A clock that was set back makes the remaining time years, more than a
    /// timer accepts.
    /// </summary>
    private static readonly TimeSpan LongestInvocation = TimeSpan.FromMinutes(15);

    public static CancellationTokenSource For(ILambdaContext context, TimeProvider time)
    {
        var remaining = context.RemainingTime;
        return remaining <= TimeToAnswer
            ? new(TimeSpan.Zero, time)
            : new((remaining < LongestInvocation ? remaining : LongestInvocation) - TimeToAnswer, time);
    }
}
