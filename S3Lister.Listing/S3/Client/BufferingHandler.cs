using S3Lister.Listing.Text;

namespace S3Lister.Listing.S3.Client;

/// <summary>
/// Reads each response into memory before the SDK sees it, up to a limit. The SDK would block a thread while it reads and
/// parses, and a response without an end would use up the memory of the process.
/// </summary>
internal sealed class BufferingHandler(HttpMessageHandler network) : DelegatingHandler(network)
{
    /// <summary>In bytes: four times a page of a thousand of S3's longest keys, all percent-encoded.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    private const int MinCapacity = 16 * 1024;

    /// <summary>The capacity shrinks by an eighth with each shorter response: by half after five.</summary>
    private const int Decay = 8;

    /// <summary>Bytes to rent for the next response, which is most often like the ones before.</summary>
    private static int Capacity = MinCapacity;

    /// <summary>Reads a stream to its end.</summary>
    /// <exception cref="HttpRequestException">The response is longer than the limit. The HTTP client throws the same error for its own limit.</exception>
    public static async ValueTask<Utf8Buffer> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        Utf8Buffer body = new(Capacity, MaxLength);
        try
        {
            while (body.Length < MaxLength && await stream.ReadAsync(body.GetMemory(), cancellationToken) is var read and > 0)
            {
                body.Advance(read);
            }

            if (body.Length == MaxLength && await stream.ReadAsync(new byte[1], cancellationToken) > 0)
            {
                throw new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded, $"The response is longer than {MaxLength} bytes.");
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }

        Capacity = NextCapacity(Capacity, body.Length);
        return body;
    }

    /// <summary>
    /// A short response between long ones does not make the next buffer grow step by step again, and a single long response
    /// does not make all later ones rent as much.
    /// </summary>
    /// <param name="capacity">The capacity for this response.</param>
    /// <param name="length">The length of this response.</param>
    public static int NextCapacity(int capacity, int length) =>
        Math.Clamp(Math.Max(length + 1, capacity - (capacity / Decay)), MinCapacity, MaxLength);

    /// <exception cref="HttpRequestException">The response is longer than the limit, or incomplete.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            using var content = response.Content;
            var body = await ReadAsync(await content.ReadAsStreamAsync(cancellationToken), cancellationToken);
#pragma warning disable CA2000 // The content disposes of the stream, and the stream of the buffer.
            response.Content = new BufferedContent(body.ToStream());
#pragma warning restore CA2000
            foreach (var (name, values) in content.Headers.NonValidated)
            {
                response.Content.Headers.TryAddWithoutValidation(name, values);
            }

            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Provides the stream itself, so that the unmarshaller can take over its buffer; the base class wraps it.
    /// </summary>
    private sealed class BufferedContent : StreamContent
    {
        private readonly Task<Stream> _body;

        public BufferedContent(Stream body)
            : base(body) => _body = Task.FromResult(body);

        protected override Task<Stream> CreateContentReadStreamAsync() => _body;
    }
}
