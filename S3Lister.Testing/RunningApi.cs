using System.Collections.Concurrent;
using System.Text;
using S3Lister.Local;
using S3Lister.Local.EmbeddedS3;
using S3Lister.Local.EmbeddedS3.Sample;
using S3Lister.Local.RuntimeApi;

namespace S3Lister.Testing;

/// <summary>
/// The whole local API: gateway, Runtime API, the real executable and an S3. If the variable S3LISTER_FUNCTION is set, it
/// runs that executable instead, for example the native binary.
/// </summary>
internal sealed class RunningApi : IAsyncDisposable
{
    private readonly LocalStack _stack;

    private RunningApi(LocalStack stack, Observer log)
    {
        _stack = stack;
        Log = log;
    }

    public Observer Log { get; }

    public Uri Url => _stack.Url;

    public EmbeddedS3Server S3 => _stack.Store.S3!;

    public static async Task<RunningApi> StartAsync(LocalOptions? options = null)
    {
        Observer log = new();
        var stack = await LocalStack.StartAsync(
            (options ?? new()) with
            {
                Port = 0,
                Function = Environment.GetEnvironmentVariable("S3LISTER_FUNCTION"),
                Observer = log,
            },
            TestContext.Current.CancellationToken);
        return new(stack, log);
    }

    public ValueTask DisposeAsync() => _stack.DisposeAsync();

    /// <summary>The output of the processes, their starts and their invocations.</summary>
    internal sealed class Observer : IFunctionObserver
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ConcurrentQueue<InitReport> Starts { get; } = [];

        public ConcurrentQueue<InvocationReport> Calls { get; } = [];

        public void OnOutput(string functionName, int processId, string line) => Lines.Enqueue(line);

        public void OnInit(InitReport report) => Starts.Enqueue(report);

        public void OnInvocation(InvocationReport report) => Calls.Enqueue(report);
    }
}

/// <summary>One local API with the sample bucket, for all tests that change nothing.</summary>
public sealed class SampleApi : IAsyncLifetime
{
    private RunningApi? _api;

    internal RunningApi Api => _api!;

    /// <summary>The keys of the sample bucket, in S3's order.</summary>
    internal static List<string> ReadKeys()
    {
        List<string> keys = [];
        var cursor = SampleBucket.Create().OpenCursor();
        for (var found = cursor.Seek([]); found; found = cursor.MoveNext())
        {
            keys.Add(Encoding.UTF8.GetString(cursor.Key));
        }

        Assert.Equal(SampleBucket.Count, keys.Count);
        return keys;
    }

    public async ValueTask InitializeAsync() => _api = await RunningApi.StartAsync();

    public ValueTask DisposeAsync() => _api?.DisposeAsync() ?? ValueTask.CompletedTask;
}
