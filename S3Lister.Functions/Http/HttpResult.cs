using System.Net;
using Amazon.Lambda.Annotations.APIGateway;

namespace S3Lister.Functions.Http;

/// <summary>
/// An answer that writes API Gateway's envelope (payload format 2.0) itself, in UTF-8, once. The library's own results
/// hold the body as a string and write <c>\u0022</c> for each quote.
/// </summary>
internal abstract class HttpResult(HttpStatusCode status, string contentType) : IHttpResult
{
    /// <summary>
    /// What Lambda takes as a response, in bytes, the envelope and its escapes counted. Over it the caller gets an
    /// error while the function believes that all is well.
    /// </summary>
    /// <seealso href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"/>
    public const int LargestResponse = 6_291_556;

    private readonly List<(string Name, string Value)> _headers =
    [
        ("content-type", contentType),
        ("cache-control", "private, no-cache"),
        ("x-content-type-options", "nosniff"),
    ];

    public HttpStatusCode StatusCode => status;

    /// <summary>The contract's code of a problem; null when it is none. For the log.</summary>
    public virtual string? Code => null;

    public IHttpResult AddHeader(string headerName, string headerValue)
    {
        _headers.Add((headerName, headerValue));
        return this;
    }

    public Stream Serialize(HttpResultSerializationOptions options)
    {
        using Utf8Buffer body = new();
        WriteBody(body);

        Utf8Buffer envelope = new(body.Length + (body.Length / 4) + 1024);
        envelope.Append("{\"statusCode\":"u8);
        envelope.AppendNumber((int)StatusCode);
        envelope.Append(",\"headers\":{"u8);
        for (var i = 0; i < _headers.Count; i++)
        {
            envelope.Append(i == 0 ? [] : ","u8);
            envelope.AppendString(_headers[i].Name);
            envelope.Append(":"u8);
            envelope.AppendString(_headers[i].Value);
        }

        envelope.Append("},\"isBase64Encoded\":false,\"body\":"u8);
        envelope.AppendString(body.Written);
        envelope.Append("}"u8);
        return envelope.ToStream();
    }

    protected abstract void WriteBody(Utf8Buffer body);
}
