namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The Runtime API answered with something other than success.</summary>
public class RuntimeApiClientException : Exception
{
    private const int Excerpt = 512;

    internal RuntimeApiClientException(string message, int statusCode, string response)
        : base($"{message}\n\nStatus: {statusCode}\nResponse: \n{response[..Math.Min(response.Length, Excerpt)]}")
    {
        StatusCode = statusCode;
        Response = response;
    }

    public int StatusCode { get; }

    /// <summary>The body of the answer.</summary>
    public string Response { get; }
}
