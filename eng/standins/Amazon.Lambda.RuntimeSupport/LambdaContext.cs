using System.Globalization;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The context of an invocation: its headers, and the environment that Lambda starts the process with.</summary>
internal sealed class LambdaContext(Invocation invocation, ILambdaLogger logger, TimeProvider time) : ILambdaContext
{
    public string AwsRequestId => invocation.RequestId;

    // Of calls through the AWS Mobile SDK only.
    public IClientContext? ClientContext => null;

    public string? FunctionName => Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_NAME");

    public string? FunctionVersion => Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_VERSION");

    public ICognitoIdentity? Identity => null;

    public string? InvokedFunctionArn => invocation.FunctionArn;

    public ILambdaLogger Logger => logger;

    public string? LogGroupName => Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_GROUP_NAME");

    public string? LogStreamName => Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_STREAM_NAME");

    public int MemoryLimitInMB =>
        int.TryParse(
            Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), CultureInfo.InvariantCulture, out var size)
            ? size
            : 0;

    public TimeSpan RemainingTime => DateTimeOffset.FromUnixTimeMilliseconds(invocation.DeadlineMs) - time.GetUtcNow();
}
