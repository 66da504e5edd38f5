using System.Buffers;

namespace S3Lister.Listing.Text;

/// <summary>UTF-8 in an array from <see cref="Pool{T}"/> that grows as needed.</summary>
/// <param name="capacity">Bytes to rent at first.</param>
/// <param name="maxCapacity">Bytes up to which the array doubles; after that it grows by what is needed.</param>
internal sealed class Utf8Buffer(int capacity = 4096, int maxCapacity = int.MaxValue) : IBufferWriter<byte>, IDisposable
{
    private byte[] _array = Pool<byte>.Rent(capacity);

    public int Length { get; private set; }

    public Span<byte> Written => _array.AsSpan(0, Length);

    public ReadOnlyMemory<byte> WrittenMemory => _array.AsMemory(0, Length);

    /// <summary>
    /// Takes over the buffer of a stream that <see cref="ToStream"/> returned; any other stream is copied.
    /// </summary>
    public static Utf8Buffer TakeFrom(Stream stream)
    {
        if (stream is PooledStream pooled && pooled.Release() is { } owned)
        {
            return owned;
        }

        Utf8Buffer copy = new();
        using var target = copy.AsStream();
        stream.CopyTo(target);
        return copy;
    }

    public static Utf8Buffer CopyOf(ReadOnlySpan<byte> bytes)
    {
        Utf8Buffer buffer = new(bytes.Length);
        buffer.Append(bytes);
        return buffer;
    }

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

    /// <summary>Discards what was written after <paramref name="length"/> bytes.</summary>
    public void Truncate(int length) => Length = length;

    /// <summary>A read-only stream of the content, which owns the buffer.</summary>
    public Stream ToStream() => new PooledStream(this);

    /// <summary>A write-only stream that appends to the buffer and does not own it.</summary>
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
            var larger = Pool<byte>.Rent(Math.Max(needed, Math.Min(_array.Length * 2, maxCapacity)));
            Written.CopyTo(larger);
            Pool<byte>.Return(_array);
            _array = larger;
        }
    }

    private sealed class PooledStream(Utf8Buffer buffer)
        : MemoryStream(buffer._array, 0, buffer.Length, writable: false, publiclyVisible: true)
    {
        private Utf8Buffer? _owned = buffer;

        /// <summary>Returns the buffer, which the caller now owns; null if it was released before.</summary>
        public Utf8Buffer? Release()
        {
            var released = _owned;
            _owned = null;
            return released;
        }

        protected override void Dispose(bool disposing)
        {
            _owned?.Dispose();
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
