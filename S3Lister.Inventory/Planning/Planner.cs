using S3Lister.Inventory.Configuration;
using S3Lister.Inventory.Runs;
using S3Lister.Listing.Ranges;

namespace S3Lister.Inventory.Planning;

/// <summary>Ends a round, and plans the next one from the ranges that remain.</summary>
/// <remarks>
/// Only commit records count, never what the map reports. An item without one gets a record that nothing was listed: from
/// then on an attempt that is still running can't commit. So the records of a round do not change, and a repetition of this
/// function makes the same plan.
/// </remarks>
internal sealed class Planner(RunRecords runs, InventoryOptions options)
{
    /// <summary>The number of items of a round that this design was made for.</summary>
    private const int MaxItems = 10_000;

    /// <summary>The number of consecutive rounds without progress after which a run fails.</summary>
    private const int MaxIdleRounds = 3;

    /// <exception cref="ArgumentException">The run's name or input is invalid.</exception>
    /// <exception cref="InvalidOperationException">The records of the run are inconsistent, or it makes no progress.</exception>
    public async Task<RoundPlan> PlanAsync(InventoryJob job, CancellationToken deadline)
    {
        JobValidator.Validate(job);
        var (remaining, progress) = job.Round == 0
            ? ([new(new KeyRange(null, null), 0)], new(0, 0, 0, 0, 0, 1, 0, 0))
            : await EndRoundAsync(job with { Round = job.Round - 1 }, deadline);
        var items = Bundles.Make(remaining, options.MaxConcurrency).ToArray();
        if (items.Length > MaxItems)
        {
            throw new InvalidOperationException($"The round has {items.Length} items; the maximum is {MaxItems}.");
        }

        await runs.WriteRoundAsync(job, items, progress with { Items = items.Length }, deadline);
        return new(runs.Store.Bucket, RunRecords.Layout(job).Items(job.Round), items.Length, items.Length == 0, options.MaxConcurrency);
    }

    private async Task<(List<WeightedRange> Remaining, Progress Progress)> EndRoundAsync(InventoryJob ended, CancellationToken deadline)
    {
        var before = await runs.ReadRoundAsync(ended, ended.Round, deadline);
        var items = await runs.ReadItemsAsync(ended, ended.Round, deadline);
        var records = await Runs.Parallel.MapAsync(items, (item, number) => EndItemAsync(ended, number, item, deadline));
        List<WeightedRange> remaining = [.. records.SelectMany(Remaining).OrderBy(static each => each.Range.Position, RangeSections.StartOrder)];
        var idle = records.All(static record => record.Remaining == record.Ranges) ? before.IdleRounds + 1 : 0;
        return idle == MaxIdleRounds
            ? throw new InvalidOperationException($"{MaxIdleRounds} rounds have listed nothing; the log of InventoryExport has the reason.")
            : (remaining, new(
                ended.Round + 1,
                before.Objects + records.Sum(static record => record.Tally.Total.Objects),
                before.Bytes + records.Sum(static record => record.Tally.Total.Bytes),
                before.Requests + records.Sum(static record => record.Requests),
                0,
                remaining.Count,
                Math.Round(remaining.Sum(static each => each.Weight)),
                idle));
    }

    private async Task<CommitRecord> EndItemAsync(InventoryJob ended, int number, RoundItem item, CancellationToken deadline)
    {
        var record = await runs.ReadCommitAsync(ended, number, deadline)
            ?? await runs.CommitAsync(ended, number, new() { Ranges = item.Ranges, Remaining = item.Ranges, Weights = Weights(item) }, deadline);
        if (record.Ranges != item.Ranges)
        {
            throw new InvalidOperationException($"The record of item {number} in round {ended.Round} is of other ranges than its item.");
        }

        RangeSections.Subtract(RangeSections.Decode(record.Ranges), RangeSections.Decode(record.Remaining));
        return record;
    }

    /// <summary>The weight of the item, in equal parts.</summary>
    private static double[] Weights(RoundItem item)
    {
        var count = RangeSections.Decode(item.Ranges).Count;
        return [.. Enumerable.Repeat(item.Weight / count, count)];
    }

    private static IEnumerable<WeightedRange> Remaining(CommitRecord record) =>
        RangeSections.Decode(record.Remaining).Zip(record.Weights, static (range, weight) => new WeightedRange(range, weight));
}
