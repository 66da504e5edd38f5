namespace S3Lister.Local.EmbeddedS3.Storage;

/// <summary>
/// Walks a folder once, when it begins to be served, and reports how many of its entries are not in the bucket. It runs
/// beside the service: a folder of a million files is listed at once, and counted some seconds later.
/// </summary>
internal sealed class FolderSurvey : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <param name="store">The folder.</param>
    /// <param name="report">Receives the line with the counts, if any entry is skipped.</param>
    public FolderSurvey(FolderObjectStore store, Action<string> report) => Done = Task.Run(() =>
    {
        var counts = Count(store);
        if (counts.Count > 0 && !_stop.IsCancellationRequested)
        {
            var total = counts.Values.Sum();
            report(
                $"{total} {(total == 1 ? "entry" : "entries")} of {store.Root} left out: {LeftOutWords.Describe(counts)}. "
                + "Only regular files are objects, and links are not followed.");
        }
    });

    /// <summary>Done when everything is counted and reported.</summary>
    public Task Done { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Done;
        _stop.Dispose();
    }

    private Dictionary<LeftOut, int> Count(FolderObjectStore store)
    {
        Dictionary<LeftOut, int> counts = [];
        Stack<FolderLevel> levels = [];
        Enter(FolderLevel.Read(store.Root, []));
        while (!_stop.IsCancellationRequested && levels.TryPeek(out var level))
        {
            if (level.Index == level.Entries.Length)
            {
                levels.Pop();
            }
            else if (level.Entries[level.Index].IsDirectory)
            {
                Enter(level.Descend());
                level.Index++;
            }
            else
            {
                Add(level.Inspect().LeftOut, Path.Join(level.Path, level.Entries[level.Index].Name));
                level.Index++;
            }
        }

        return counts;

        void Enter(FolderLevel level)
        {
            Add(level.LeftOut, level.Path);
            foreach (var name in level.Indistinct)
            {
                Add(LeftOut.NotUtf8, Path.Join(level.Path, name));
            }

            levels.Push(level);
        }

        void Add(LeftOut? leftOut, string path)
        {
            if (leftOut is { } reason)
            {
                store.Report(path, reason);
                counts[reason] = counts.GetValueOrDefault(reason) + 1;
            }
        }
    }
}
