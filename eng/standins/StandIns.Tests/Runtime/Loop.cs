using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;

namespace StandIns.Tests.Runtime;

/// <summary>A <see cref="LambdaBootstrap"/> that runs against a server, with its log in a string.</summary>
internal sealed class Loop : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly RuntimeApi _api;
    private readonly LambdaBootstrap _bootstrap;
    private readonly StringWriter _log = new();

    public Loop(
        string endpoint,
        Func<Stream, ILambdaContext, Task<Stream>> handler,
        LambdaBootstrapInitializer? initializer = null)
    {
        var log = new LogWriter(_log, new LogSettings(LogFormat.Text, LogLevel.Information), TimeProvider.System);
        _api = new RuntimeApi(endpoint);
        _bootstrap = new LambdaBootstrap(_api, log, handler, null, initializer);
        Running = _bootstrap.RunAsync(_stop.Token);
    }

    public Task Running { get; }

    public string Log => _log.ToString();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();

        // A test that expects the loop to fail has seen it; for the others this is the assertion that it did not.
        if (!Running.IsFaulted)
        {
            await Running;
        }

        _bootstrap.Dispose();
        _api.Dispose();
        await _log.DisposeAsync();
        _stop.Dispose();
    }
}
