using System.Buffers;

namespace S3Lister.Listing.Text;

/// <summary>UTF-8 that grows in an array of the shared pool, and can be cut back to an earlier length.</summary>
internal sealed class Utf8Buffer(int capacity = 4096) : IBufferWriter<byte>, IDisposable
{
    private byte[] _array = Pool<byte>.Rent(capacity);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _array.AsSpan(0, Length);

    public void Advance(int count) => Length += count;

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsSpan(Length);
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _array.AsMemory(Length);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Forgets what was written after <paramref name="length"/>.</summary>
    public void CutBack(int length) => Length = length;

    /// <summary>What was written, to be read once; the array goes back to the pool with the stream.</summary>
    public Stream ToStream() => new PooledStream(this);

    /// <summary>Appends what is written to it; closing it closes nothing.</summary>
    public Stream AsStream() => new AppendingStream(this);

    public void Dispose()
    {
        if (_array.Length > 0)
        {
            Pool<byte>.Return(_array);
            (_array, Length) = ([], 0);
        }
    }

    private void Reserve(int sizeHint)
    {
        var needed = Length + Math.Max(sizeHint, 1);
        if (needed > _array.Length)
        {
            var larger = Pool<byte>.Rent(Math.Max(needed, _array.Length * 2));
            Written.CopyTo(larger);
            Pool<byte>.Return(_array);
            _array = larger;
        }
    }

    private sealed class PooledStream(Utf8Buffer buffer)
        : MemoryStream(buffer._array, 0, buffer.Length, writable: false, publiclyVisible: true)
    {
        protected override void Dispose(bool disposing)
        {
            buffer.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class AppendingStream(Utf8Buffer buffer) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> bytes) => buffer.Append(bytes);

        public override void Write(byte[] bytes, int offset, int count) => buffer.Append(bytes.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override int Read(byte[] bytes, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
