using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace S3Lister.Inventory.Runs;

/// <summary>Reads and writes the records of runs.</summary>
internal sealed class RunRecords(RunStore store)
{
    private const string Json = "application/json";

    public RunStore Store => store;

    public static RunLayout Layout(InventoryJob job) => new(job.Run);

    /// <returns>Null if there is none yet.</returns>
    public Task<CommitRecord?> ReadCommitAsync(InventoryJob job, int item, CancellationToken deadline) =>
        ReadAsync(Layout(job).Commit(job.Round, item), InventoryJson.Default.CommitRecord, deadline);

    /// <summary>Writes the commit record of an item unless there is one.</summary>
    /// <returns>The record that counts: this one, or the one that was there.</returns>
    /// <exception cref="InvalidOperationException">The record that was there can't be read.</exception>
    public async Task<CommitRecord> CommitAsync(InventoryJob job, int item, CommitRecord record, CancellationToken deadline)
    {
        var key = Layout(job).Commit(job.Round, item);
        return await store.TryCreateAsync(key, Serialize(record, InventoryJson.Default.CommitRecord), Json, deadline)
            ? record
            : await ReadAsync(key, InventoryJson.Default.CommitRecord, deadline) ?? throw new InvalidOperationException($"{key} cannot be read.");
    }

    /// <returns>The items of a round.</returns>
    /// <exception cref="InvalidOperationException">There is no such round.</exception>
    public async Task<RoundItem[]> ReadItemsAsync(InventoryJob job, int round, CancellationToken deadline) =>
        await ReadAsync(Layout(job).Items(round), InventoryJson.Default.RoundItemArray, deadline) ?? throw Missing(Layout(job).Items(round));

    /// <exception cref="InvalidOperationException">There is no such round.</exception>
    public async Task<Progress> ReadRoundAsync(InventoryJob job, int round, CancellationToken deadline) =>
        await ReadAsync(Layout(job).Round(round), InventoryJson.Default.Progress, deadline) ?? throw Missing(Layout(job).Round(round));

    /// <summary>Writes what the round of the job has to do. A repetition writes the same.</summary>
    public async Task WriteRoundAsync(InventoryJob job, RoundItem[] items, Progress progress, CancellationToken deadline)
    {
        var layout = Layout(job);
        var state = Serialize(progress, InventoryJson.Default.Progress);
        await store.WriteAsync(layout.Items(job.Round), Serialize(items, InventoryJson.Default.RoundItemArray), Json, deadline);
        await store.WriteAsync(layout.Round(job.Round), state, Json, deadline);
        await store.WriteAsync(layout.ProgressKey, state, Json, deadline);
    }

    private async Task<T?> ReadAsync<T>(string key, JsonTypeInfo<T> type, CancellationToken deadline)
        where T : class =>
        await store.ReadAsync(key, deadline) is { } json ? JsonSerializer.Deserialize(json, type) : null;

    private static byte[] Serialize<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(value, type);

    private static InvalidOperationException Missing(string key) => new($"{key} is missing.");
}
