using Amazon.Lambda.Core;

namespace S3Lister.Testing;

/// <summary>A context as in Lambda, with time remaining, which the official test context does not have.</summary>
internal sealed class FunctionContext : ILambdaContext
{
    public RecordingLogger Log { get; } = new();

    public string AwsRequestId => "8476a536-e9f4-11e8-9739-2dfe598c3fcd";

    public IClientContext ClientContext => null!;

    public string FunctionName => "ListObjects";

    public string FunctionVersion => "$LATEST";

    public ICognitoIdentity Identity => null!;

    public string InvokedFunctionArn => "arn:aws:lambda:eu-central-1:123456789012:function:ListObjects";

    public ILambdaLogger Logger => Other ?? Log;

    /// <summary>A logger of another kind; null for <see cref="Log"/>.</summary>
    public ILambdaLogger? Other { get; init; }

    public string LogGroupName => "/s3lister/test/ListObjects";

    public string LogStreamName => "test";

    public int MemoryLimitInMB => 256;

    public TimeSpan RemainingTime { get; init; } = TimeSpan.FromSeconds(29);
}

/// <summary>Keeps what was logged: level, template, arguments and exception.</summary>
internal sealed class RecordingLogger : ILambdaLogger
{
    public List<(string Level, string Message, object[] Arguments, Exception? Exception)> Lines { get; } = [];

    public void Log(string message) => Lines.Add(("", message, [], null));

    public void LogLine(string message) => Log(message);

    public void Log(string level, string message, params object[] args) => Lines.Add((level, message, args, null));

    public void Log(string level, Exception exception, string message, params object[] args) =>
        Lines.Add((level, message, args, exception));
}
