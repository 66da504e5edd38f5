namespace S3Lister.Inventory.Runs;

/// <summary>Some requests at a time, their results in order.</summary>
internal static class Parallel
{
    /// <summary>The number of requests in flight.</summary>
    private const int Width = 16;

    /// <param name="sources">What to map.</param>
    /// <param name="map">Maps an element, given its index.</param>
    public static async Task<TResult[]> MapAsync<TSource, TResult>(IReadOnlyList<TSource> sources, Func<TSource, int, Task<TResult>> map)
    {
        var results = new TResult[sources.Count];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(Width, sources.Count)).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var index && index < sources.Count)
            {
                results[index] = await map(sources[index], index);
            }
        }));
        return results;
    }
}
