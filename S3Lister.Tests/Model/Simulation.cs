using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace S3Lister.Tests.Model;

/// <summary>
/// Runs one call of the API on one thread and in simulated time. The clock moves only while everything waits, so a case
/// takes no real time and always runs in the same way: the order of responses, the length of pauses, the point at which
/// the deadline passes.
/// </summary>
internal sealed class Simulation : SynchronizationContext, IDisposable
{
    /// <summary>Lambda ends a function after 15 minutes at the latest; a call that runs longer never ends.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// Cancellation callbacks run on other threads. After this simulated time without a
    /// continuation, the simulation gives them real time.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(35);

    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _ready = [];

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => _ready.Dispose();

    public override void Post(SendOrPostCallback d, object? state) => _ready.Add((d, state));

    public override SynchronizationContext CreateCopy() => this;

    public T Run<T>(Func<Task<T>> call)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        try
        {
            var task = call();
            var busy = Clock.GetUtcNow();
            while (!task.IsCompleted)
            {
                var idle = Clock.GetUtcNow() - busy;
                Assert.True(idle < Longest, "The call never ends.");
                if (_ready.TryTake(out var next, idle < Patience ? 0 : 1))
                {
                    next.Callback(next.State);
                    busy = Clock.GetUtcNow();
                }
                else
                {
                    Clock.Advance(Step);
                }
            }

            return task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }
}
