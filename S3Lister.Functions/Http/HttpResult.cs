using System.Net;
using Amazon.Lambda.Annotations.APIGateway;
using S3Lister.Functions.S3;

namespace S3Lister.Functions.Http;

/// <summary>
/// An answer that writes API Gateway's envelope (payload format 2.0) itself, in UTF-8, once. The library's own results
/// hold the body as a string and write <c>\u0022</c> for each quote.
/// </summary>
internal abstract class HttpResult(HttpStatusCode status, string? contentType) : IHttpResult
{
    /// <summary>
    /// What Lambda takes as a response, in bytes, the envelope and its escapes counted. Over it the caller gets an
    /// error while the function believes that all is well.
    /// </summary>
    /// <seealso href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"/>
    public const int LargestResponse = 6_291_556;

    private readonly List<(string Name, string Value)> _headers =
    [
        ("cache-control", "private, no-cache"),
        ("x-content-type-options", "nosniff"),
    ];

    private Stream? _rendered;

    public HttpStatusCode StatusCode => status;

    /// <summary>The contract's code of a problem; null when it is none. For the log.</summary>
    public virtual string? Code => null;

    /// <summary>Entries answered, or objects summed. For the log.</summary>
    public virtual long Listed => 0;

    /// <summary>What S3's part in the response's end was; null where it had none. For the log.</summary>
    public virtual UpstreamException? Upstream => null;

    /// <summary>Bytes of the prefix that was listed. For the log.</summary>
    public virtual int PrefixLength => 0;

    /// <summary>How the body is coded, where it is long enough to matter or the caller insists.</summary>
    public AcceptedCoding Coding { get; set; }

    /// <summary>Whether to answer as to GET, and leave the body out.</summary>
    public bool IsHead { get; set; }

    public IHttpResult AddHeader(string headerName, string headerValue)
    {
        _headers.Add((headerName, headerValue));
        return this;
    }

    /// <summary>The envelope, or what <see cref="Render"/> made already.</summary>
    public Stream Serialize(HttpResultSerializationOptions options) => _rendered ?? Render();

    /// <summary>Writes the envelope; after it the answer's length in bytes is known.</summary>
    /// <exception cref="InvalidOperationException">It is longer than Lambda takes.</exception>
    public Stream Render()
    {
        using Utf8Buffer body = new();
        WriteBody(body);
        var coded = StatusCode != HttpStatusCode.NotModified && Coding.AppliesTo(body.Written);

#pragma warning disable CA2000 // The stream that is handed out gives the array back.
        Utf8Buffer envelope = new((coded ? body.Length / 2 : body.Length * 5 / 4) + 1024);
#pragma warning restore CA2000
        envelope.Append("{\"statusCode\":"u8);
        envelope.AppendNumber((int)StatusCode);
        envelope.Append(",\"headers\":{"u8);
        if (contentType is not null)
        {
            AppendHeader(envelope, "content-type", contentType);
            envelope.Append(","u8);
        }

        if (coded)
        {
            AppendHeader(envelope, "content-encoding", Coding.Coding.Name());
            envelope.Append(","u8);
        }

        for (var i = 0; i < _headers.Count; i++)
        {
            envelope.Append(i == 0 ? [] : ","u8);
            AppendHeader(envelope, _headers[i].Name, _headers[i].Value);
        }

        envelope.Append(coded ? "},\"isBase64Encoded\":true,\"body\":\""u8 : "},\"isBase64Encoded\":false,\"body\":\""u8);
        if (!IsHead && coded)
        {
            envelope.AppendBase64(body.Written, Coding.Coding);
        }
        else if (!IsHead)
        {
            envelope.AppendEscaped(body.Written);
        }

        envelope.Append("\"}"u8);
        if (envelope.Length > LargestResponse)
        {
            envelope.Dispose();
            throw new InvalidOperationException($"The response is longer than the {LargestResponse} bytes that Lambda takes.");
        }

        return _rendered = envelope.ToStream();
    }

    protected abstract void WriteBody(Utf8Buffer body);

    private static void AppendHeader(Utf8Buffer envelope, string name, string value)
    {
        envelope.AppendString(name);
        envelope.Append(":"u8);
        envelope.AppendString(value);
    }
}
