namespace Amazon.Lambda.Core;

/// <summary>What a function can know of its invocation and its environment.</summary>
public interface ILambdaContext
{
    /// <summary>The request id that the caller sees too; the same on a retry.</summary>
    string AwsRequestId { get; }

    IClientContext ClientContext { get; }

    string FunctionName { get; }

    string FunctionVersion { get; }

    ICognitoIdentity Identity { get; }

    /// <summary>The ARN, of the function or an alias, that the caller used.</summary>
    string InvokedFunctionArn { get; }

    ILambdaLogger Logger { get; }

    string LogGroupName { get; }

    string LogStreamName { get; }

    /// <summary>Configured memory in MB.</summary>
    int MemoryLimitInMB { get; }

    /// <summary>Time until Lambda ends this invocation; negative after that.</summary>
    TimeSpan RemainingTime { get; }
}

#pragma warning disable CA1040 // S3Lister uses no member of these two.
/// <summary>Client data of the AWS Mobile SDK.</summary>
public interface IClientContext;

/// <summary>The Amazon Cognito identity of a call through the AWS Mobile SDK.</summary>
public interface ICognitoIdentity;
#pragma warning restore CA1040
