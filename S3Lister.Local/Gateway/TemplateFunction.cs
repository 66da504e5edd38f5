namespace S3Lister.Local.Gateway;

/// <summary>An <c>AWS::Serverless::Function</c>, with what it inherits from Globals.</summary>
internal sealed record TemplateFunction
{
    /// <summary>The name of the resource in the template.</summary>
    public required string LogicalId { get; init; }

    public required string Handler { get; init; }

    /// <summary>Megabytes.</summary>
    public required int MemorySize { get; init; }

    public required TimeSpan Timeout { get; init; }

    /// <summary><c>Text</c> or <c>JSON</c>.</summary>
    public required string LogFormat { get; init; }

    public string? LogLevel { get; init; }

    /// <summary>Variables with a known value; those that only CloudFormation can compute are left out.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }
}
