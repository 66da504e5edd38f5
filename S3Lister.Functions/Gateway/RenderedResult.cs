using System.Net;
using Amazon.Lambda.Annotations.APIGateway;

namespace S3Lister.Functions.Gateway;

/// <summary>A response with its envelope, as the generated handler returns it to Lambda.</summary>
/// <param name="result">The response.</param>
/// <param name="envelope">Its envelope, to be read once.</param>
internal sealed class RenderedResult(HttpResult result, Stream envelope) : IHttpResult
{
    public HttpResult Result => result;

    /// <summary>Bytes of the envelope.</summary>
    public long Length { get; } = envelope.Length;

    public HttpStatusCode StatusCode => result.StatusCode;

    public Stream Serialize(HttpResultSerializationOptions options) => envelope;

    public IHttpResult AddHeader(string headerName, string headerValue) =>
        throw new NotSupportedException("The response has been rendered.");
}
