#nullable disable // As the official assembly.
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Makes the <see cref="LambdaBootstrap"/> of a handler.</summary>
public class LambdaBootstrapBuilder
{
    private readonly Func<Stream, ILambdaContext, Task<Stream>> _handler;

    private LambdaBootstrapBuilder(Func<Stream, ILambdaContext, Task<Stream>> handler) => _handler = handler;

    public static LambdaBootstrapBuilder Create<TInput>(Func<TInput, ILambdaContext, Task<Stream>> handler, ILambdaSerializer serializer) =>
        new((payload, context) => handler(serializer.Deserialize<TInput>(payload), context));

    public static LambdaBootstrapBuilder Create<TInput, TOutput>(Func<TInput, ILambdaContext, Task<TOutput>> handler, ILambdaSerializer serializer) =>
        new(async (payload, context) =>
        {
            var output = await handler(serializer.Deserialize<TInput>(payload), context);
            MemoryStream response = new();
            serializer.Serialize(output, response);
            response.Position = 0;
            return response;
        });

    /// <exception cref="InvalidOperationException">The address of the Runtime API is not known.</exception>
    public LambdaBootstrap Build()
    {
        var endpoint = Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API");
        return string.IsNullOrEmpty(endpoint)
            ? throw new InvalidOperationException(
                "AWS_LAMBDA_RUNTIME_API is not set: Lambda starts this program, or something that provides its Runtime API.")
            : new LambdaBootstrap(
                new RuntimeApi(endpoint), new LogWriter(Console.Out, Environment.GetEnvironmentVariable, TimeProvider.System), _handler);
    }
}
