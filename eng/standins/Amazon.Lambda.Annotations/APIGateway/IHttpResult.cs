using System.Net;

namespace Amazon.Lambda.Annotations.APIGateway;

/// <summary>The result of a function, which writes the response to the event source.</summary>
public interface IHttpResult
{
    HttpStatusCode StatusCode { get; }

    /// <summary>Writes the response envelope; the generated handler calls it once.</summary>
    Stream Serialize(HttpResultSerializationOptions options);

    /// <summary>Adds a header value and returns the same instance.</summary>
    IHttpResult AddHeader(string name, string value);
}
