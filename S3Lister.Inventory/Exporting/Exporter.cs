using System.Security.Cryptography;
using S3Lister.Inventory.Configuration;
using S3Lister.Inventory.Runs;
using S3Lister.Listing.Ranges;
using S3Lister.Listing.S3;

namespace S3Lister.Inventory.Exporting;

/// <summary>Lists the ranges of an item until a soft deadline, and commits what was listed.</summary>
/// <param name="reader">Reads pages of the source.</param>
/// <param name="runs">The records of the run.</param>
/// <param name="options">The settings.</param>
/// <param name="time">The clock.</param>
internal sealed class Exporter(S3PageReader reader, RunRecords runs, InventoryOptions options, TimeProvider time)
{
    /// <summary>The bytes of the remaining ranges that a commit record has room for.</summary>
    private const int MaxRangesLength = 256 * 1024;

    /// <summary>For the last parts of the file and the commit record.</summary>
    private static readonly TimeSpan UploadBuffer = TimeSpan.FromSeconds(30);

    /// <summary>The number of keys to request in a page, 1 to 1000. Tests request fewer.</summary>
    public int PageSize { get; init; } = ListingLimits.MaxKeys;

    /// <inheritdoc cref="RangeRows.MaxRows"/>
    public int RowsPerGroup { get; init; } = RangeRows.DefaultMaxRows;

    /// <summary>How long the exports of a round list.</summary>
    /// <remarks>Short at first: one export of the first round has to find enough ranges for all exports of the second.</remarks>
    public static TimeSpan SoftDeadline(int round) => TimeSpan.FromSeconds(round < 4 ? 5 << round : 60);

    /// <param name="item">The item.</param>
    /// <param name="remaining">The time until the function's timeout.</param>
    /// <returns>The item's commit record, of this attempt or of another one.</returns>
    /// <exception cref="UpstreamException">S3 failed before this attempt made progress.</exception>
    public async Task<CommitRecord> ExportAsync(ExportEvent item, TimeSpan remaining)
    {
        using CancellationTokenSource deadline = new(remaining, time);
        if (await runs.ReadCommitAsync(item.Job, item.Item, deadline.Token) is { } before)
        {
            return before;
        }

        var attempt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        using MultipartFile? file = item.Job.Input.Format == InventoryInput.None ? null
            : new(runs.Store, RunRecords.Layout(item.Job).Data(item.Job.Round, item.Item, attempt), deadline.Token);
        var record = await ListOrAbortAsync(item, attempt, file, remaining - UploadBuffer);

        // Whatever happens to this request, the record may be there: only that of another attempt makes the upload useless.
        var committed = await runs.CommitAsync(item.Job, item.Item, record, deadline.Token);
        if (committed.Attempt != attempt)
        {
            await AbortAsync(file);
        }

        return committed;
    }

    private async Task<CommitRecord> ListOrAbortAsync(ExportEvent item, string attempt, MultipartFile? file, TimeSpan remaining)
    {
        try
        {
            return await ListAsync(item, attempt, file, remaining);
        }
        catch
        {
            await AbortAsync(file);
            throw;
        }
    }

    private static Task AbortAsync(MultipartFile? file) => file?.AbortAsync() ?? Task.CompletedTask;

    private async Task<CommitRecord> ListAsync(ExportEvent item, string attempt, MultipartFile? file, TimeSpan remaining)
    {
        KeyRanges ranges = new(options.Prefix, RangeSections.Decode(item.Ranges), PageSize, MaxRangesLength);
        using ExportAttempt objects = new(options, item, ranges, file, RowsPerGroup);
        S3Cost cost = new();
        var failure = await ListAsync(ranges, objects, cost, SoftDeadline(item.Job.Round), remaining);
        var left = RangeSections.Encode(ranges.Remaining);
        if (left == item.Ranges)
        {
            throw failure ?? new(UpstreamCause.Unreachable, "S3 returned no page before the deadline.");
        }

        return new()
        {
            Attempt = attempt,
            Ranges = item.Ranges,
            Remaining = left,
            Weights = [.. ranges.Remaining.Select(static range => range.Weight)],
            Keys = objects.Tally.Total.Objects,
            Requests = cost.Requests,
            File = await objects.CloseAsync(),
            Tally = objects.Tally.ToRecord(),
        };
    }

    private async Task<UpstreamException?> ListAsync(
        KeyRanges ranges, ExportAttempt objects, S3Cost cost, TimeSpan softDeadline, TimeSpan deadline)
    {
        using CancellationTokenSource end = new(deadline > TimeSpan.Zero ? deadline : TimeSpan.Zero, time);
        using CancellationTokenSource softEnd = new(softDeadline, time);
        await using ParallelListing listing = new(reader, ranges, int.MaxValue, cost, time, Add, end.Token, softEnd.Token);
        return await listing.RunAsync();

        void Add(KeyRange range, S3Page page, int count)
        {
            objects.Add(range, page, count);
            if (objects.IsOverloaded)
            {
                softEnd.Cancel(); // What remains goes to the next round. Otherwise the parts would use up the memory.
            }
        }
    }
}
