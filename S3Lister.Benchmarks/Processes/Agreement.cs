using System.Text.Json;

namespace S3Lister.Benchmarks.Processes;

/// <summary>Verifies that compared functions return the same keys, sizes, entity tags and truncation.</summary>
internal static class Agreement
{
    /// <exception cref="BenchmarkException">Two functions return different listings.</exception>
    public static async Task RequireAsync(IReadOnlyList<FunctionSpec> functions, MeasuredFunction function, PageEvents events, int pages)
    {
        List<string>? expected = null;
        foreach (var spec in functions)
        {
            var entries = await ReadAsync(spec, function, events, pages);
            expected ??= entries;
            if (expected.Zip(entries).Index().FirstOrDefault(pair => pair.Item.First != pair.Item.Second) is { Item.First: { } first } different)
            {
                throw new BenchmarkException(
                    $"{functions[0].Name} and {spec.Name} differ in entry {different.Index}: {first} and {different.Item.Second}");
            }

            if (expected.Count != entries.Count)
            {
                throw new BenchmarkException($"{functions[0].Name} returns {expected.Count} entries, {spec.Name} {entries.Count}.");
            }
        }
    }

    private static async Task<List<string>> ReadAsync(FunctionSpec spec, MeasuredFunction function, PageEvents events, int pages)
    {
        List<string> entries = [];
        await using var process = MeasuredProcess.Start(spec, function, events[0]);
        entries.AddRange(Entries(await process.InvokeAsync(process.First)));
        for (var page = 1; page < pages; page++)
        {
            await process.SettleAsync(process.First);
            entries.AddRange(Entries(await process.InvokeAsync(function.CreateInvocation(events[page]))));
        }

        return entries;
    }

    private static IEnumerable<string> Entries(ReadOnlyMemory<byte> response)
    {
        using var document = JsonDocument.Parse(FunctionResponse.Body(response).Body);
        var page = document.RootElement;
        foreach (var entry in page.GetProperty("contents").EnumerateArray())
        {
            yield return $"{entry.GetProperty("key").GetString()} {entry.GetProperty("size").GetInt64()} {entry.GetProperty("eTag").GetString()}";
        }

        yield return $"truncated: {page.GetProperty("isTruncated").GetBoolean()}";
    }
}
