using System.Threading.Channels;
using S3Lister.Local.RuntimeApi;

namespace S3Lister.Local.Tests.RuntimeApi;

/// <summary>Keeps what a function logs and reports, and waits for it.</summary>
internal sealed class RecordingObserver : IFunctionObserver
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly Lock _gate = new();
    private readonly List<InitReport> _inits = [];
    private readonly List<InvocationReport> _invocations = [];

    public IReadOnlyList<InitReport> Inits => Copy(_inits);

    public IReadOnlyList<InvocationReport> Invocations => Copy(_invocations);

    public void OnOutput(string functionName, int processId, string line) => _lines.Writer.TryWrite(line);

    public void OnInit(InitReport report) => Add(_inits, report);

    public void OnInvocation(InvocationReport report) => Add(_invocations, report);

    /// <summary>The next line for which the condition holds.</summary>
    public async Task<string> WaitForLineAsync(Func<string, bool> condition)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromMinutes(1));
        await foreach (var line in _lines.Reader.ReadAllAsync(timeout.Token))
        {
            if (condition(line))
            {
                return line;
            }
        }

        throw new InvalidOperationException("The function has ended.");
    }

    private T[] Copy<T>(List<T> items)
    {
        lock (_gate)
        {
            return [.. items];
        }
    }

    private void Add<T>(List<T> items, T item)
    {
        lock (_gate)
        {
            items.Add(item);
        }
    }
}
