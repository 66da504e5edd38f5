using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Runs the handler for each event of the Runtime API, one after the other.</summary>
public sealed class LambdaBootstrap : IDisposable
{
    private readonly RuntimeApi _api;
    private readonly LogWriter _log;
    private readonly Func<Stream, ILambdaContext, Task<Stream>> _handler;

    internal LambdaBootstrap(RuntimeApi api, LogWriter log, Func<Stream, ILambdaContext, Task<Stream>> handler)
    {
        _api = api;
        _log = log;
        _handler = handler;
    }

    /// <summary>
    /// Runs until cancelled. An event whose handler throws is reported, and the next one requested. Any other failure, of
    /// the Runtime API or a response that it refuses, ends the process.
    /// </summary>
    /// <exception cref="HttpRequestException">The Runtime API cannot be reached, or responds with an error.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        HeapLimit.Apply();
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                await InvokeOnceAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Only tests cancel: Lambda ends the process.
        }
    }

    public void Dispose() => _api.Dispose();

    private async Task InvokeOnceAsync(CancellationToken cancellationToken)
    {
        var invocation = await _api.NextAsync(cancellationToken);
        _log.Invocation = invocation;

        // Where X-Ray and the AWS SDK look for it.
        Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", invocation.TraceId);

        Stream response;
        try
        {
            using var payload = new MemoryStream(invocation.Payload);
            response = await _handler(payload, new LambdaContext(invocation, _log, TimeProvider.System))
                ?? throw new InvalidOperationException("The handler returned no response stream.");
        }
#pragma warning disable CA1031 // Whatever the function throws is reported to its caller, and does not end the process.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _log.Log(nameof(LogLevel.Error), exception, "");
            await _api.SendErrorAsync(invocation.RequestId, exception, cancellationToken);
            return;
        }

        await using (response)
        {
            await _api.SendResponseAsync(invocation.RequestId, response, cancellationToken);
        }
    }
}
