namespace S3Lister.Functions.Query;

/// <summary>The caller's request is invalid. The message has the rule that it violates, and no input.</summary>
internal sealed class InvalidRequestException : Exception
{
    private InvalidRequestException(string message, string? parameter)
        : base(message) => Parameter = parameter;

    /// <summary>The name of the invalid query parameter; null if no known parameter is invalid.</summary>
    public string? Parameter { get; }

    public bool IsContinuationToken { get; private init; }

    public static InvalidRequestException BadParameter(string? parameter, string message) => new(message, parameter);

    public static InvalidRequestException ContinuationToken() => new(
        "The continuation token does not belong to this listing. Repeat the previous query with its nextContinuationToken "
        + "unchanged, or start without a token.",
        "continuation-token")
    {
        IsContinuationToken = true,
    };
}
