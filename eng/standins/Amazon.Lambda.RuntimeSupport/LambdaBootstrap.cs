using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Takes invocations from the Runtime API, one after the other, and gives them to the handler.</summary>
public class LambdaBootstrap : IDisposable
{
    private readonly RuntimeApi _api;
    private readonly LogWriter _log;
    private readonly Func<Stream, ILambdaContext, Task<Stream>> _handler;
    private readonly ILambdaSerializer? _serializer;
    private readonly LambdaBootstrapInitializer? _initializer;

    internal LambdaBootstrap(
        RuntimeApi api,
        LogWriter log,
        Func<Stream, ILambdaContext, Task<Stream>> handler,
        ILambdaSerializer? serializer,
        LambdaBootstrapInitializer? initializer)
    {
        _api = api;
        _log = log;
        _handler = handler;
        _serializer = serializer;
        _initializer = initializer;
    }

    /// <summary>
    /// Runs until cancelled. An invocation that fails is reported and the next one is taken. Anything else, the Runtime
    /// API failing or refusing a response, is beyond repair for this process and is thrown.
    /// </summary>
    /// <exception cref="RuntimeApiClientException">The Runtime API answered with an error.</exception>
    /// <exception cref="HttpRequestException">The Runtime API cannot be reached.</exception>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        HeapLimit.Apply();
        if (!await InitializeAsync(cancellationToken))
        {
            return;
        }

        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                await InvokeOnceAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to end, which only tests do: Lambda ends the process.
        }
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _api.Dispose();
        }
    }

    private async Task<bool> InitializeAsync(CancellationToken cancellationToken)
    {
        if (_initializer is null)
        {
            return true;
        }

        try
        {
            return await _initializer();
        }
        catch (Exception exception)
        {
            _log.WriteLine(nameof(LogLevel.Error), exception, null, []);
            await _api.ReportInitializationErrorAsync(exception, cancellationToken);
            throw;
        }
    }

    private async Task InvokeOnceAsync(CancellationToken cancellationToken)
    {
        using var invocation = await _api.NextAsync(cancellationToken);
        _log.Invocation = invocation;

        // Where X-Ray and the AWS SDK look for it.
        Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", invocation.TraceId);

        Stream response;
        try
        {
            var context = new LambdaContext(invocation, _log, _serializer);
            response = await _handler(invocation.Payload, context)
                ?? throw new InvalidOperationException("The handler returned no response stream.");
        }
#pragma warning disable CA1031 // Whatever the function throws is the caller's to know, and not the end of the process.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _log.WriteLine(nameof(LogLevel.Error), exception, null, []);
            await _api.ReportInvocationErrorAsync(invocation.RequestId, exception, cancellationToken);
            return;
        }

        await using (response)
        {
            await _api.SendResponseAsync(invocation.RequestId, response, cancellationToken);
        }
    }
}
