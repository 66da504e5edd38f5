namespace S3Lister.Functions.Query;

/// <summary>The caller's request is not one that can be answered. The message says what would be right; it holds no input.</summary>
internal sealed class InvalidRequestException : Exception
{
    private InvalidRequestException(string message, string? parameter)
        : base(message) => Parameter = parameter;

    /// <summary>The query parameter's name as the contract spells it; null when none of ours is concerned.</summary>
    public string? Parameter { get; }

    public bool IsContinuationToken { get; private init; }

    public static InvalidRequestException BadParameter(string? parameter, string message) => new(message, parameter);

    public static InvalidRequestException ContinuationToken() => new(
        "The continuation token is not one that this listing gave. Repeat the query of the page before, with its "
        + "nextContinuationToken as it stands, or begin again without a token.",
        "continuation-token")
    {
        IsContinuationToken = true,
    };
}
