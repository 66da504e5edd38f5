using System.Globalization;
using System.Net;
using System.Text;
using S3Lister.Listing.S3;
using S3Lister.Listing.Text;

namespace S3Lister.Functions.Gateway;

/// <summary>
/// A response that writes API Gateway's envelope (payload format 2.0) directly in UTF-8. The results of the Annotations
/// library hold the body as a string and escape each quote as <c>\u0022</c>.
/// </summary>
internal abstract class HttpResult(HttpStatusCode status, string? contentType)
{
    /// <summary>
    /// The longest response that Lambda accepts, in bytes, including the envelope and its escapes. A longer response becomes
    /// an error for the caller, which the function cannot detect.
    /// </summary>
    /// <seealso href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"/>
    public const int LargestResponse = 6_291_556;

    private readonly List<(string Name, string Value)> _headers =
    [
        ("cache-control", "private, no-cache"),
        ("x-content-type-options", "nosniff"),
    ];

    public HttpStatusCode StatusCode => status;

    /// <summary>The code of the problem; null for other responses. For the log.</summary>
    public virtual string? Code => null;

    /// <summary>The number of entries returned or objects summed. For the log.</summary>
    public virtual long Listed => 0;

    /// <summary>The failure of S3 that ended the request; null if there is none. For the log.</summary>
    public virtual UpstreamException? Upstream => null;

    /// <summary>The length of the listed prefix in bytes. For the log.</summary>
    public virtual int PrefixLength => 0;

    /// <summary>Writes the envelope.</summary>
    /// <param name="coding">The coding of the body, applied if the body is long enough or the caller requires it.</param>
    /// <param name="isHead">Whether the body is left out of the response to a HEAD request.</param>
    /// <exception cref="InvalidOperationException">The response is longer than <see cref="LargestResponse"/>.</exception>
    public RenderedResult Render(AcceptedCoding coding, bool isHead)
    {
        using Utf8Buffer body = new();
        WriteBody(body);
        var isCoded = StatusCode != HttpStatusCode.NotModified && coding.AppliesTo(body.Written);

#pragma warning disable CA2000 // The stream returns the array to the pool.
        Utf8Buffer envelope = new((isCoded ? body.Length / 2 : body.Length * 5 / 4) + 1024);
#pragma warning restore CA2000
        WriteHead(envelope, isCoded ? coding.Coding : ContentCoding.Identity);
        if (!isHead && isCoded)
        {
            envelope.AppendBase64(body.Written, coding.Coding);
        }
        else if (!isHead)
        {
            envelope.AppendEscaped(body.Written);
        }

        envelope.Append("\"}"u8);
        if (envelope.Length > LargestResponse)
        {
            envelope.Dispose();
            throw new InvalidOperationException($"The response is longer than the {LargestResponse} bytes that Lambda accepts.");
        }

        return new(this, envelope.ToStream());
    }

    protected void AddHeader(string name, string value) => _headers.Add((name, value));

    /// <summary>Adds what all formats without a place for the state have in headers.</summary>
    protected void AddStateHeaders(long scanned, int s3Requests, string? nextContinuationToken)
    {
        AddHeader("s3lister-scanned", scanned.ToString(CultureInfo.InvariantCulture));
        AddHeader("s3lister-s3-requests", s3Requests.ToString(CultureInfo.InvariantCulture));
        if (nextContinuationToken is not null)
        {
            AddHeader("s3lister-next-continuation-token", nextContinuationToken);
        }
    }

    protected abstract void WriteBody(Utf8Buffer body);

    /// <summary>Writes the envelope up to the body's opening quote.</summary>
    private void WriteHead(Utf8Buffer envelope, ContentCoding coding)
    {
        var isCoded = coding != ContentCoding.Identity;
        JsonWriter json = new(envelope);
        json.StartObject();
        json.Number("statusCode"u8, (int)StatusCode);
        json.StartObject("headers"u8);
        if (contentType is not null)
        {
            json.String("content-type"u8, contentType);
        }

        if (isCoded)
        {
            json.String("content-encoding"u8, coding.Name());
        }

        foreach (var (name, value) in _headers)
        {
            json.String(Encoding.ASCII.GetBytes(name), value);
        }

        json.EndObject();
        json.Boolean("isBase64Encoded"u8, isCoded);
        envelope.Append(",\"body\":\""u8);
    }
}
