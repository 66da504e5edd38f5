namespace S3Lister.Local.RuntimeApi;

/// <summary>A status of the Runtime API with its body.</summary>
internal sealed record RuntimeReply(int StatusCode, ReadOnlyMemory<byte> Body)
{
    public static RuntimeReply Accepted { get; } = new(StatusCodes.Status202Accepted, Json.Status);

    public static RuntimeReply InvalidRequestId { get; } =
        Error(StatusCodes.Status400BadRequest, "InvalidRequestID", "Invalid request ID");

    public static RuntimeReply InvalidTransition { get; } =
        Error(StatusCodes.Status403Forbidden, "InvalidStateTransition", "State transition is not allowed");

    public static RuntimeReply NotFound { get; } =
        Error(StatusCodes.Status404NotFound, "NotFound", "No such resource in the Runtime API 2018-06-01");

    public static RuntimeReply TooLarge { get; } = Error(
        StatusCodes.Status413PayloadTooLarge,
        "RequestEntityTooLarge",
        $"Exceeded maximum allowed payload size ({LambdaLimits.ResponseBytes} bytes).");

    /// <summary>The "container error" of the documentation: the host no longer expects this process, which should exit.</summary>
    public static RuntimeReply ContainerError { get; } =
        Error(StatusCodes.Status500InternalServerError, "ContainerError", "Container error");

    private static RuntimeReply Error(int status, string type, string message) =>
        new(status, Json.Error(type, message));
}
