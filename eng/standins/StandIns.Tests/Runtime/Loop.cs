using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;

namespace StandIns.Tests.Runtime;

/// <summary>A <see cref="LambdaBootstrap"/> that runs against a server, with its log in a string.</summary>
internal sealed class Loop : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly LambdaBootstrap _bootstrap;
    private readonly StringWriter _log = new();

    public Loop(string endpoint, Func<Stream, ILambdaContext, Task<Stream>> handler)
    {
#pragma warning disable CA2000 // The bootstrap disposes of it.
        _bootstrap = new LambdaBootstrap(new RuntimeApi(endpoint), new LogWriter(_log, _ => null, TimeProvider.System), handler);
#pragma warning restore CA2000
        Running = _bootstrap.RunAsync(_stop.Token);
    }

    public Task Running { get; }

    public string Log => _log.ToString();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();

        // A test that expects the loop to fail has seen it; for the others this asserts that it did not.
        if (!Running.IsFaulted)
        {
            await Running;
        }

        _bootstrap.Dispose();
        await _log.DisposeAsync();
        _stop.Dispose();
    }
}
