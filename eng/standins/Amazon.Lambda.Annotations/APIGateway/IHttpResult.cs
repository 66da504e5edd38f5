using System.Net;

namespace Amazon.Lambda.Annotations.APIGateway;

/// <summary>A function's result that writes the response of the event source itself.</summary>
public interface IHttpResult
{
    HttpStatusCode StatusCode { get; }

    /// <summary>Writes the whole response envelope; called once by the generated handler.</summary>
    Stream Serialize(HttpResultSerializationOptions options);

    /// <summary>Adds a header value and returns the same instance.</summary>
    IHttpResult AddHeader(string name, string value);
}
