using S3Lister.Inventory.Configuration;
using S3Lister.Inventory.Exporting;
using S3Lister.Inventory.Runs;

namespace S3Lister.Inventory.Finishing;

/// <summary>Checks that the committed attempts make up the listing, makes their files visible, and writes the manifest last.</summary>
/// <remarks>Each step may be repeated: a run whose function was killed here is finished by the next attempt.</remarks>
internal sealed class Finisher(RunRecords runs, InventoryOptions options)
{
    /// <summary>In bytes: all nodes of some thousand commit records, without folding any before they are merged.</summary>
    private const int MaxTreeBytes = 192 * 1024 * 1024;

    /// <exception cref="InvalidOperationException">The attempts do not make up the listing, or a file is gone.</exception>
    public async Task<InventoryResult> FinishAsync(InventoryJob job, CancellationToken deadline)
    {
        ExportTally tally = new(options.Prefix, job.Input, MaxTreeBytes);
        List<FileRecord> files = [];
        List<KeySection> sections = [];
        for (var round = 0; round < job.Round; round++)
        {
            foreach (var record in await ReadRoundAsync(job with { Round = round }, deadline))
            {
                Check(record, job.Input);
                sections.AddRange(RangeSections.Subtract(RangeSections.Decode(record.Ranges), RangeSections.Decode(record.Remaining)));
                tally.Merge(record.Tally);
                files.AddRange(record.File is { } file ? [file] : []);
            }
        }

        if (!RangeSections.IsWhole(sections))
        {
            throw new InvalidOperationException("The ranges of the committed attempts have a gap or an overlap.");
        }

        await Runs.Parallel.MapAsync(files, async (file, _) =>
        {
            await runs.Store.CompleteAsync(file, deadline);
            return file.Key;
        });
        await WriteAsync(job, tally, files, deadline);
        var layout = RunRecords.Layout(job);
        return new(
            runs.Store.Bucket, job.Input.Format == InventoryInput.None ? null : layout.ManifestKey, layout.SummaryKey, tally.Total.Objects, tally.Total.Bytes);
    }

    private async Task<CommitRecord[]> ReadRoundAsync(InventoryJob round, CancellationToken deadline)
    {
        var items = await runs.ReadItemsAsync(round, round.Round, deadline);
        return await Runs.Parallel.MapAsync(items, async (_, number) => await runs.ReadCommitAsync(round, number, deadline)
            ?? throw new InvalidOperationException($"{RunRecords.Layout(round).Commit(round.Round, number)} is missing."));
    }

    private static void Check(CommitRecord record, InventoryInput input)
    {
        var rows = input.Format == InventoryInput.None ? record.Keys : record.File?.Rows ?? 0;
        if (rows != record.Keys || record.Tally.Total.Objects != record.Keys)
        {
            throw new InvalidOperationException($"The attempt {record.Attempt} has {record.Keys} keys, {rows} rows and sums of {record.Tally.Total.Objects} objects.");
        }
    }

    private async Task WriteAsync(InventoryJob job, ExportTally tally, IReadOnlyList<FileRecord> files, CancellationToken deadline)
    {
        var layout = RunRecords.Layout(job);
        using (var summary = SummaryFile.Create(options, job, tally))
        {
            await runs.Store.WriteAsync(layout.SummaryKey, summary.WrittenMemory, "application/json", deadline);
        }

        if (job.Input.Format == InventoryInput.None)
        {
            return;
        }

        using var manifest = Manifest.Create(options, job, files);
        await runs.Store.WriteAsync(layout.ChecksumKey, Manifest.Checksum(manifest), "text/plain", deadline);
        await runs.Store.WriteAsync(layout.Symlink(job.Started), Manifest.Symlink(options, files), "text/plain", deadline);
        await runs.Store.WriteAsync(layout.ManifestKey, manifest.WrittenMemory, "application/json", deadline);
    }
}
