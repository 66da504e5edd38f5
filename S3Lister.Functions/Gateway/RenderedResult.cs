using System.Net;
using Amazon.Lambda.Annotations.APIGateway;

namespace S3Lister.Functions.Gateway;

/// <summary>A response with its envelope, in the form that the generated handler returns to Lambda.</summary>
/// <param name="result">The response.</param>
/// <param name="envelope">Its envelope, which can be read once.</param>
internal sealed class RenderedResult(HttpResult result, Stream envelope) : IHttpResult
{
    public HttpResult Result => result;

    /// <summary>The length of the envelope in bytes.</summary>
    public long Length { get; } = envelope.Length;

    public HttpStatusCode StatusCode => result.StatusCode;

    public Stream Serialize(HttpResultSerializationOptions options) => envelope;

    public IHttpResult AddHeader(string headerName, string headerValue) =>
        throw new NotSupportedException("The response is already rendered.");
}
