namespace S3Lister.Local.RuntimeApi;

/// <summary>A Lambda function as the template describes it, and how to run it here.</summary>
internal sealed record FunctionOptions
{
    /// <summary>The function's name, as in its ARN and its log group.</summary>
    public required string Name { get; init; }

    /// <summary>The path of the executable, the <c>bootstrap</c> of a deployment package; a <c>.dll</c> runs in dotnet.</summary>
    public required string Executable { get; init; }

    /// <summary>The value of <c>_HANDLER</c>. Default: <c>bootstrap</c>.</summary>
    public string Handler { get; init; } = "bootstrap";

    /// <summary>Megabytes, as in the template; visible to the function, not enforced. Default: 128, as in Lambda.</summary>
    public int MemorySize { get; init; } = 128;

    /// <summary>How long one call may take. Default: 3 seconds, as in Lambda.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a process may take to request its first call. Default: 10 seconds, as in Lambda.</summary>
    public TimeSpan InitTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long a response waits for its process to request the next event, which a runtime does microseconds after it
    /// has responded: a caller that calls again then finds the process idle. Default: 1 second.
    /// </summary>
    public TimeSpan SettleGrace { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many processes may run at once; further calls wait for one of them. Default: 4.</summary>
    public int MaxInstances { get; init; } = 4;

    /// <summary>Default: us-east-1.</summary>
    public string Region { get; init; } = "us-east-1";

    public string AccountId { get; init; } = LocalIdentities.AccountId;

    /// <summary><c>Text</c> or <c>JSON</c>, the function's LoggingConfig. Default: Text.</summary>
    public string LogFormat { get; init; } = "Text";

    /// <summary>LoggingConfig's ApplicationLogLevel; Lambda sets it with the JSON format only.</summary>
    public string? LogLevel { get; init; }

    /// <summary>The template's variables, the role's credentials, and anything else that Lambda does not set.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Receives what the function logs and a report of each call. Default: none.</summary>
    public IFunctionObserver Observer { get; init; } = NullFunctionObserver.Instance;

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    public string Arn => $"arn:aws:lambda:{Region}:{AccountId}:function:{Name}";
}
