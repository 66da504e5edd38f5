namespace S3Lister.Inventory.Tests.Simulation;

/// <summary>
/// A clock that moves to the next timer as soon as all code waits, and a single thread on which all code runs. So a run
/// of minutes takes seconds, and each run of a test is the same.
/// </summary>
internal sealed class VirtualTime : TimeProvider
{
    private readonly PriorityQueue<Timer, (long Due, long Number)> _timers = new();
    private long _now;
    private long _number;

    public TimeSpan Now => new(_now);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 11, 28, 0, 0, 0, TimeSpan.Zero) + Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Assert.Equal(Timeout.InfiniteTimeSpan, period);
        Timer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public Task Delay(TimeSpan time, CancellationToken cancellationToken = default) => Task.Delay(time, this, cancellationToken);

    /// <summary>Runs until the task has ended.</summary>
    public T Run<T>(Func<Task<T>> start)
    {
        var before = SynchronizationContext.Current;
        Loop loop = new();
        SynchronizationContext.SetSynchronizationContext(loop);
        try
        {
            var task = start();
            while (!task.IsCompleted)
            {
                if (!loop.TryRunNext() && !TryMove())
                {
                    throw new InvalidOperationException("Everything waits, and no timer is left.");
                }
            }

#pragma warning disable xUnit1031 // It has completed.
            return task.GetAwaiter().GetResult();
#pragma warning restore xUnit1031
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private bool TryMove()
    {
#pragma warning disable CA2000 // Whoever created the timer disposes of it.
        while (_timers.TryDequeue(out var timer, out var at))
        {
#pragma warning restore CA2000
            if (timer.Number == at.Number)
            {
                _now = at.Due;
                timer.Fire();
                return true;
            }
        }

        return false;
    }

    private sealed class Timer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        public long Number { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Number = ++time._number;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                time._timers.Enqueue(this, (time._now + dueTime.Ticks, Number));
            }

            return true;
        }

        public void Dispose() => Number = 0;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Loop : SynchronizationContext
    {
        private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = [];

        public override void Post(SendOrPostCallback d, object? state) => _queue.Enqueue((d, state));

        public bool TryRunNext()
        {
            if (_queue.TryDequeue(out var next))
            {
                next.Callback(next.State);
                return true;
            }

            return false;
        }
    }
}
