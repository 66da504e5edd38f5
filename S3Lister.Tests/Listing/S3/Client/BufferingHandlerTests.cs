using S3Lister.Listing.S3.Client;

namespace S3Lister.Tests.Listing.S3.Client;

public sealed class BufferingHandlerTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16 * 1024)]
    [InlineData((16 * 1024) + 1)]
    [InlineData(3_000_000)]
    [InlineData(BufferingHandler.MaxLength)]
    public async Task Body_Is_Read_Completely_Up_To_The_Limit(int length)
    {
        await using CountingStream stream = new(length);
        using var body = await BufferingHandler.ReadAsync(stream, CancellationToken.None);

        Assert.Equal(length, body.Written.Length);
        Assert.True(length == 0 || body.Written[^1] == (byte)(length - 1));
    }

    [Theory]
    [InlineData(BufferingHandler.MaxLength + 1L)]
    [InlineData(long.MaxValue)]
    public async Task Body_Is_Refused_One_Byte_Over_The_Limit(long length)
    {
        await using CountingStream stream = new(length);

        var refusal = await Assert.ThrowsAsync<HttpRequestException>(
            async () => await BufferingHandler.ReadAsync(stream, CancellationToken.None));

        Assert.Equal(HttpRequestError.ConfigurationLimitExceeded, refusal.HttpRequestError);
        Assert.Equal(BufferingHandler.MaxLength + 1, stream.Position);
    }

    /// <summary>After a long response, shorter ones must not rent as much memory.</summary>
    [Fact]
    public void Memory_Is_Released_After_A_Long_Body()
    {
        var usual = BufferingHandler.NextCapacity(16 * 1024, BufferingHandler.MaxLength);
        Assert.Equal(BufferingHandler.MaxLength, usual);

        for (var i = 0; i < 60; i++)
        {
            usual = BufferingHandler.NextCapacity(usual, 1000);
        }

        Assert.Equal(16 * 1024, usual);
    }

    /// <summary>This many bytes, each the low byte of its position.</summary>
    private sealed class CountingStream(long length) : Stream
    {
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position
        {
            get => _position;
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            var count = (int)Math.Min(buffer.Length, length - _position);
            for (var i = 0; i < count; i++)
            {
                buffer[i] = (byte)(_position + i);
            }

            _position += count;
            return count;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(Read(buffer.Span));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
