using S3Lister.Listing.Text;

namespace S3Lister.Listing.S3.Client;

/// <summary>An answer's body as the SDK takes it. The one who makes something of the bytes takes them over.</summary>
internal sealed class ResponseStream(ResponseBuffer body) : Stream
{
    private readonly MemoryStream _bytes = body.AsStream();
    private ResponseBuffer? _body = body;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _bytes.Length;

    public override long Position
    {
        get => _bytes.Position;
        set => _bytes.Position = value;
    }

    /// <summary>The body, which the caller now owns; a stream that is none of ours is read to its end.</summary>
    public static ResponseBuffer Take(Stream stream)
    {
        if (stream is ResponseStream { _body: { } body } own)
        {
            own._body = null;
            return body;
        }

        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return ResponseBuffer.Of(copy.GetBuffer().AsSpan(0, (int)copy.Length));
    }

    public override int Read(byte[] buffer, int offset, int count) => _bytes.Read(buffer, offset, count);

    public override int Read(Span<byte> buffer) => _bytes.Read(buffer);

    public override long Seek(long offset, SeekOrigin origin) => _bytes.Seek(offset, origin);

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _bytes.Dispose();
            _body?.Dispose();
            _body = null;
        }

        base.Dispose(disposing);
    }
}
