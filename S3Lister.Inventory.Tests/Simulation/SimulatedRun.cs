using System.Text.Json;
using S3Lister.Inventory.Configuration;
using S3Lister.Inventory.Exporting;
using S3Lister.Inventory.Finishing;
using S3Lister.Inventory.Planning;
using S3Lister.Inventory.Runs;
using S3Lister.Listing.S3;

namespace S3Lister.Inventory.Tests.Simulation;

/// <summary>What happens to an invocation.</summary>
internal enum Fate
{
    Succeeds,

    /// <summary>It does its work, and the response is lost.</summary>
    LosesResponse,

    /// <summary>Another invocation of the same event runs beside it.</summary>
    RunsTwice,

    /// <summary>It is reported as failed, and continues: Lambda's timeout of a caller, or a lost connection.</summary>
    BecomesZombie,
}

/// <summary>The figures of a run.</summary>
internal sealed record RunFigures(TimeSpan Time, int Rounds, long Served, long Throttled, InventoryResult Result);

/// <summary>The state machine, with invocations that fail.</summary>
/// <param name="bucket">The source.</param>
/// <param name="destination">The destination.</param>
internal sealed class SimulatedRun(SimulatedBucket bucket, Destination destination)
{
    private const int Attempts = 3;

    private static readonly TimeSpan FunctionTimeout = TimeSpan.FromSeconds(175);

    /// <summary>The time of a round's transitions, and of Plan.</summary>
    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan InvocationTime = TimeSpan.FromSeconds(0.3);

    private readonly RunRecords _runs = new(new RunStore(destination, "destination", null));
    private readonly List<Task> _zombies = [];

    public InventoryOptions Options { get; init; } = new() { Bucket = "source", Destination = "destination" };

    public InventoryInput Input { get; init; } = new();

    public int PageSize { get; init; } = ListingLimits.MaxKeys;

    /// <summary>Few, so that files have many row groups.</summary>
    public int RowsPerGroup { get; init; } = 100;

    public TimeSpan CpuPerPage { get; init; }

    /// <summary>Chooses the fate of an invocation, by function.</summary>
    public Func<string, Fate> Choose { get; init; } = static _ => Fate.Succeeds;

    public InventoryJob Job => new() { Run = "run", Started = new DateTimeOffset(2026, 11, 28, 0, 0, 0, TimeSpan.Zero), Input = Input };

    public RunFigures Run() => bucket.Time.Run(StepsAsync);

    /// <summary>An export as its process creates it.</summary>
    public Exporter CreateExporter() => new(
        new S3PageReader(new SimulatedS3(bucket, CpuPerPage), Options.ListedBucket, bucket.Time), _runs, Options, bucket.Time)
    { PageSize = PageSize, RowsPerGroup = RowsPerGroup };

    private async Task<RunFigures> StepsAsync()
    {
        var rounds = await RunRoundsAsync();
        var result = await InvokeAsync("Finish", () => new Finisher(_runs, Options).FinishAsync(Job with { Round = rounds }, CancellationToken.None));
        var time = bucket.Time.Now;
        foreach (var zombie in _zombies)
        {
            await zombie.ContinueWith(static _ => { }, TaskScheduler.FromCurrentSynchronizationContext());
        }

        return new(time, rounds, bucket.Served, bucket.Throttled, result);
    }

    private async Task<int> RunRoundsAsync()
    {
        for (var round = 0; ; round++)
        {
            var job = Job with { Round = round };
            await bucket.Time.Delay(RoundTime);
            var plan = await InvokeAsync("Plan", () => new Planner(_runs, Options).PlanAsync(job, CancellationToken.None));
            if (plan.IsComplete)
            {
                return round;
            }

            var items = JsonSerializer.Deserialize(destination.Objects[plan.ItemsKey], InventoryJson.Default.RoundItemArray)!;
            Assert.Equal(plan.Items, items.Length);
            using SemaphoreSlim slots = new(plan.MaxConcurrency);
            await Task.WhenAll(items.Select((item, number) => ExportAsync(job, item, number, slots)));
        }
    }

    /// <summary>A child of the map, which never fails: the next plan judges by commit records.</summary>
    private async Task ExportAsync(InventoryJob job, RoundItem item, int number, SemaphoreSlim slots)
    {
        await slots.WaitAsync();
        try
        {
            ExportEvent export = new() { Job = job, Item = number, Ranges = item.Ranges };
            await InvokeAsync("Export", () => CreateExporter().ExportAsync(export, FunctionTimeout));
        }
        catch (InvocationFailedException)
        {
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task<T> InvokeAsync<T>(string function, Func<Task<T>> invoke)
    {
        for (var attempt = 1; ; attempt++)
        {
            await bucket.Time.Delay(InvocationTime);
            try
            {
                return await InvokeOnceAsync(Choose(function), invoke);
            }
            catch (Exception e) when (e is InvocationFailedException or UpstreamException or KilledException or Amazon.S3.AmazonS3Exception)
            {
                if (attempt == Attempts)
                {
                    throw new InvocationFailedException(e);
                }

                await bucket.Time.Delay(TimeSpan.FromSeconds(attempt));
            }
        }
    }

    private async Task<T> InvokeOnceAsync<T>(Fate fate, Func<Task<T>> invoke)
    {
        switch (fate)
        {
            case Fate.BecomesZombie:
                _zombies.Add(invoke());
                await bucket.Time.Delay(TimeSpan.FromSeconds(1));
                throw new InvocationFailedException(null);
            case Fate.RunsTwice:
                _zombies.Add(invoke());
                return await invoke();
            default:
                var result = await invoke();
                return fate == Fate.LosesResponse ? throw new InvocationFailedException(null) : result;
        }
    }
}

/// <summary>An invocation is reported as failed.</summary>
internal sealed class InvocationFailedException(Exception? inner) : Exception("The invocation failed.", inner);

/// <summary>The process of an invocation ends here.</summary>
internal sealed class KilledException() : Exception("Killed.");
