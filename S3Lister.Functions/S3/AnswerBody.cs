using S3Lister.Functions.Http;

namespace S3Lister.Functions.S3;

/// <summary>The bytes of an answer, in an array of the shared pool that it gives back.</summary>
internal sealed class AnswerBody : IDisposable
{
    /// <summary>Bytes. A page of a thousand of S3's longest keys, percent-encoded throughout, is a quarter of it.</summary>
    public const int Largest = 16 * 1024 * 1024;

    private const int Smallest = 16 * 1024;

    /// <summary>What the last answers took: the next one is most often like them.</summary>
    private static int Usual = Smallest;

    private byte[] _array;
    private int _length;

    private AnswerBody(int capacity) => _array = Pool<byte>.Rent(capacity);

    public Span<byte> Bytes => _array.AsSpan(0, _length);

    /// <summary>Reads a stream to its end.</summary>
    /// <exception cref="HttpRequestException">It is longer than the bound, with the same error as the HTTP client has for it.</exception>
    public static async ValueTask<AnswerBody> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        AnswerBody body = new(Usual);
        try
        {
            while (await stream.ReadAsync(body.Free(), cancellationToken) is var read and > 0)
            {
                body._length += read;
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }

        // A short answer between long ones is no reason to grow step by step again.
        Usual = Math.Max(body._length + 1, Math.Max(Usual - (Usual / 1024), Smallest));
        return body;
    }

    /// <summary>For an answer that is in memory already.</summary>
    public static AnswerBody Of(ReadOnlySpan<byte> bytes)
    {
        AnswerBody body = new(bytes.Length) { _length = bytes.Length };
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

    private Memory<byte> Free()
    {
        if (_length == _array.Length)
        {
            if (_length > Largest)
            {
                throw new HttpRequestException(HttpRequestError.ConfigurationLimitExceeded, $"The answer is longer than {Largest} bytes.");
            }

            var larger = Pool<byte>.Rent(_length * 2);
            Bytes.CopyTo(larger);
            Pool<byte>.Return(_array);
            _array = larger;
        }

        return _array.AsMemory(_length);
    }
}
