using Amazon.Lambda.Core;

namespace S3Lister.Functions.Http;

/// <summary>When to stop, so that there is time to answer before Lambda ends the process.</summary>
internal static class Deadline
{
    /// <summary>For writing, escaping and sending a largest answer at the smallest memory, where a CPU-millisecond takes fourteen.</summary>
    public static readonly TimeSpan TimeToAnswer = TimeSpan.FromSeconds(1);

    public static CancellationTokenSource For(ILambdaContext context, TimeProvider time)
    {
        var left = context.RemainingTime - TimeToAnswer;
        return new(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
    }
}
