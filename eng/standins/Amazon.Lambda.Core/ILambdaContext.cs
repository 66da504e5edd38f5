namespace Amazon.Lambda.Core;

/// <summary>What a function can learn about its invocation and its environment.</summary>
public interface ILambdaContext
{
    /// <summary>The request id that the caller sees too; the same on a retry.</summary>
    string AwsRequestId { get; }

    /// <summary>Client data of the AWS Mobile SDK.</summary>
    IClientContext ClientContext { get; }

    string FunctionName { get; }

    string FunctionVersion { get; }

    /// <summary>The Amazon Cognito identity of a call through the AWS Mobile SDK.</summary>
    ICognitoIdentity Identity { get; }

    /// <summary>The ARN, of function or alias, that the caller used.</summary>
    string InvokedFunctionArn { get; }

    ILambdaLogger Logger { get; }

    string LogGroupName { get; }

    string LogStreamName { get; }

    /// <summary>Configured memory in MB.</summary>
    int MemoryLimitInMB { get; }

    /// <summary>Time until Lambda ends this invocation; negative when it is over.</summary>
    TimeSpan RemainingTime { get; }

    /// <summary>The tenant of a tenant-isolated function, else empty.</summary>
    string TenantId => string.Empty;

    /// <summary>The X-Ray trace header of this invocation.</summary>
    string TraceId => string.Empty;

    /// <summary>The serializer that the function was registered with, or null.</summary>
    ILambdaSerializer Serializer => null;
}
