using System.Net;

namespace S3Lister.Client;

/// <summary>A response that is an error: of S3Lister with its problem details, or of API Gateway.</summary>
public sealed class S3ListerException : Exception
{
    internal S3ListerException(HttpStatusCode statusCode, string code, string detail, Exception? inner = null)
        : base(detail, inner)
    {
        StatusCode = statusCode;
        Code = code;
    }

    /// <summary>The status of the response.</summary>
    public HttpStatusCode StatusCode { get; }

    /// <summary>
    /// The stable code, such as <c>PrefixNotAllowed</c>. For API Gateway's own errors the name of the status, such as
    /// <c>Forbidden</c>, and <c>InvalidResponse</c> for a response that is not S3Lister's.
    /// </summary>
    public string Code { get; }

    /// <summary>The parameter that is invalid; null if there is none.</summary>
    public string? Parameter { get; internal init; }

    /// <summary>The ID of the request in the service's log; null if the response has none.</summary>
    public string? RequestId { get; internal init; }

    /// <summary>How long the service wants callers to wait; null if the response does not say.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>The time of the server that responded; null if the response does not say.</summary>
    public DateTimeOffset? ServerTime { get; internal init; }

    /// <summary>Whether the same request can succeed later.</summary>
    public bool IsTransient => StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError
        or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
}
