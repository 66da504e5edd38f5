using System.Globalization;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>An invocation's context: its headers, and the environment that Lambda starts the process with.</summary>
internal sealed class LambdaContext(
    Invocation invocation,
    LogWriter log,
    ILambdaSerializer? serializer,
    TimeProvider? time = null) : ILambdaContext
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    public string AwsRequestId => invocation.RequestId;

    public IClientContext ClientContext => field ??= RuntimeSupport.ClientContext.Parse(invocation.ClientContextJson);

    public string? FunctionName => Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_NAME");

    public string? FunctionVersion => Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_VERSION");

    public ICognitoIdentity Identity => field ??= CognitoIdentity.Parse(invocation.CognitoIdentityJson);

    public string? InvokedFunctionArn => invocation.FunctionArn;

    public ILambdaLogger Logger => field ??= new LambdaConsoleLogger(log);

    public string? LogGroupName => Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_GROUP_NAME");

    public string? LogStreamName => Environment.GetEnvironmentVariable("AWS_LAMBDA_LOG_STREAM_NAME");

    public int MemoryLimitInMB =>
        int.TryParse(
            Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"), CultureInfo.InvariantCulture, out var size)
            ? size
            : 0;

    public TimeSpan RemainingTime =>
        TimeSpan.FromMilliseconds(invocation.DeadlineMs) - (_time.GetUtcNow() - DateTimeOffset.UnixEpoch);

    public string? TenantId => invocation.TenantId;

    public string? TraceId => invocation.TraceId;

    public ILambdaSerializer? Serializer => serializer;
}
