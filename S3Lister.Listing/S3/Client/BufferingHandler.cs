using System.Net;
using S3Lister.Listing.Text;

namespace S3Lister.Listing.S3.Client;

/// <summary>
/// Reads an answer whole, and up to a bound, before anything is made of it. The SDK parses while it reads, on a thread
/// that waits meanwhile; and an answer without an end would fill the memory of the process, which would end without a
/// word.
/// </summary>
internal sealed class BufferingHandler(HttpMessageHandler network) : DelegatingHandler(network)
{
    /// <exception cref="HttpRequestException">The answer is longer than the bound, or it breaks off.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            using var content = response.Content;
            response.Content = await BufferedContent.ReadAsync(content, cancellationToken);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}

/// <summary>The content of an answer that is in memory.</summary>
internal sealed class BufferedContent : HttpContent
{
    private readonly ResponseStream _stream;

    private BufferedContent(ResponseBuffer body) => _stream = new(body);

    public static async Task<BufferedContent> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        BufferedContent buffered = new(await ResponseBuffer.ReadAsync(await content.ReadAsStreamAsync(cancellationToken), cancellationToken));
        foreach (var (name, values) in content.Headers.NonValidated)
        {
            buffered.Headers.TryAddWithoutValidation(name, values);
        }

        return buffered;
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(_stream);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => _stream.CopyToAsync(stream);

    protected override bool TryComputeLength(out long length)
    {
        length = _stream.Length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stream.Dispose();
        }

        base.Dispose(disposing);
    }
}
