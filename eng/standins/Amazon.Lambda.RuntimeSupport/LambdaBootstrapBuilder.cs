#nullable disable // As the official assembly.
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport.Bootstrap;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Makes the <see cref="LambdaBootstrap"/> of a handler.</summary>
public class LambdaBootstrapBuilder
{
    private readonly LambdaBootstrapOptions _options = new();
    private readonly Func<Stream, ILambdaContext, Task<Stream>> _handler;
    private readonly ILambdaSerializer _serializer;
    private LambdaBootstrapInitializer _initializer;

    private LambdaBootstrapBuilder(Func<Stream, ILambdaContext, Task<Stream>> handler, ILambdaSerializer serializer)
    {
        _handler = handler;
        _serializer = serializer;
    }

    public static LambdaBootstrapBuilder Create<TInput>(
        Func<TInput, ILambdaContext, Task<Stream>> handler,
        ILambdaSerializer serializer) =>
        new((payload, context) => handler(serializer.Deserialize<TInput>(payload), context), serializer);

    public LambdaBootstrapBuilder UseBootstrapHandler(LambdaBootstrapInitializer lambdaBootstrapInitializer)
    {
        _initializer = lambdaBootstrapInitializer;
        return this;
    }

    public LambdaBootstrapBuilder ConfigureOptions(Action<LambdaBootstrapOptions> options = null)
    {
        options?.Invoke(_options);
        return this;
    }

    /// <summary>From here on the console is captured: each line is written in the configured log format.</summary>
    /// <exception cref="InvalidOperationException">The Runtime API's address is not known.</exception>
    public LambdaBootstrap Build()
    {
        var endpoint = _options.RuntimeApiEndpoint is { Length: > 0 } given
            ? given
            : Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API");
        if (string.IsNullOrEmpty(endpoint))
        {
            throw new InvalidOperationException(
                "AWS_LAMBDA_RUNTIME_API is not set: this program is started by Lambda, or by something that offers its Runtime API.");
        }

        var log = LogWriter.CaptureConsole();
        return new LambdaBootstrap(new RuntimeApi(endpoint), log, _handler, _serializer, _initializer);
    }
}
