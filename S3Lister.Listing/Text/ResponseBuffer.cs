namespace S3Lister.Listing.Text;

/// <summary>The bytes of a response, in a rented array that it returns.</summary>
internal sealed class ResponseBuffer : IDisposable
{
    /// <summary>Bytes. A page of a thousand of S3's longest keys, percent-encoded throughout, is a quarter of it.</summary>
    public const int Largest = 16 * 1024 * 1024;

    private const int Smallest = 16 * 1024;

    /// <summary>By what share the expected length shrinks with each shorter response: half in five.</summary>
    private const int Decay = 8;

    /// <summary>What the last responses took: the next one is most often like them.</summary>
    private static int Usual = Smallest;

    private byte[] _array;
    private int _length;

    private ResponseBuffer(int capacity) => _array = Pool<byte>.Rent(capacity);

    public Span<byte> Bytes => _array.AsSpan(0, _length);

    /// <summary>Reads a stream to its end.</summary>
    /// <exception cref="HttpRequestException">It is longer than the bound, with the same error as the HTTP client has for it.</exception>
    public static async ValueTask<ResponseBuffer> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        ResponseBuffer body = new(Usual);
        try
        {
            while (body._length < Largest && await stream.ReadAsync(body.Free(), cancellationToken) is var read and > 0)
            {
                body._length += read;
            }

            await RequireEndAsync(stream, body._length, cancellationToken);
        }
        catch
        {
            body.Dispose();
            throw;
        }

        Usual = Expect(Usual, body._length);
        return body;
    }

    /// <summary>
    /// Bytes to rent for the next response. A short one between long ones is no reason to grow step by step again, and one
    /// long response no reason to rent as much for all that follow.
    /// </summary>
    /// <param name="usual">What was rented for this one.</param>
    /// <param name="length">What it had.</param>
    internal static int Expect(int usual, int length) => Math.Clamp(Math.Max(length + 1, usual - (usual / Decay)), Smallest, Largest);

    /// <summary>For a response that is in memory already.</summary>
    public static ResponseBuffer Of(ReadOnlySpan<byte> bytes)
    {
        ResponseBuffer body = new(bytes.Length) { _length = bytes.Length };
        bytes.CopyTo(body._array);
        return body;
    }

    /// <summary>The same bytes for a reader that needs a stream, who does not own them.</summary>
    public MemoryStream AsStream() => new(_array, 0, _length, writable: false);

    public void Dispose()
    {
        if (_array.Length > 0)
        {
            Pool<byte>.Return(_array);
            (_array, _length) = ([], 0);
        }
    }

    /// <exception cref="HttpRequestException">The stream goes on after the bound.</exception>
    private static async ValueTask RequireEndAsync(Stream stream, int length, CancellationToken cancellationToken)
    {
        if (length == Largest && await stream.ReadAsync(new byte[1], cancellationToken) > 0)
        {
            throw new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded, $"The response is longer than {Largest} bytes.");
        }
    }

    /// <summary>Free bytes, at least one, as long as the bound is not reached.</summary>
    private Memory<byte> Free()
    {
        if (_length == _array.Length)
        {
            var larger = Pool<byte>.Rent(Math.Min(_length * 2, Largest));
            Bytes.CopyTo(larger);
            Pool<byte>.Return(_array);
            _array = larger;
        }

        return _array.AsMemory(_length, Math.Min(_array.Length, Largest) - _length);
    }
}
