namespace S3Lister.Local.Gateway;

/// <summary>
/// Responses that an HTTP API makes itself. They are terser than those of a REST API, which say why. Seen in public:
/// Forbidden for IAM, aws/aws-cdk#21182; Not Found before any authorizer, aws/serverless-application-model#3963;
/// Internal Server Error for a failed or malformed response, and Request Entity Too Large, in the tests of the
/// AWS .NET Lambda Test Tool, which are compared with the service; the same 500 for a function that timed out,
/// denoland/deno_registry2#87; Service Unavailable for one that outlasts the integration, serverless/serverless#11222.
/// </summary>
internal static class GatewayResponses
{
    public static GatewayResponse BadRequest { get; } =
        GatewayResponse.Message(StatusCodes.Status400BadRequest, "Bad Request");

    public static GatewayResponse Forbidden { get; } =
        GatewayResponse.Message(StatusCodes.Status403Forbidden, "Forbidden");

    public static GatewayResponse NotFound { get; } =
        GatewayResponse.Message(StatusCodes.Status404NotFound, "Not Found");

    public static GatewayResponse RequestTooLarge { get; } =
        GatewayResponse.Message(StatusCodes.Status413PayloadTooLarge, "Request Entity Too Large");

    /// <summary>The limits are documented, the text of this and of the next response is not.</summary>
    public static GatewayResponse UriTooLong { get; } =
        GatewayResponse.Message(StatusCodes.Status414UriTooLong, "URI Too Long");

    public static GatewayResponse HeadersTooLarge { get; } =
        GatewayResponse.Message(StatusCodes.Status431RequestHeaderFieldsTooLarge, "Request Header Fields Too Large");

    public static GatewayResponse InternalServerError { get; } =
        GatewayResponse.Message(StatusCodes.Status500InternalServerError, "Internal Server Error");

    public static GatewayResponse ServiceUnavailable { get; } =
        GatewayResponse.Message(StatusCodes.Status503ServiceUnavailable, "Service Unavailable");
}
