using System.IO.Compression;

namespace S3Lister.Benchmarks.Processes;

/// <summary>A function's deployment package.</summary>
/// <param name="ZipBytes">The size of the zip file, in bytes.</param>
/// <param name="LargestFile">The size of its largest file, in bytes.</param>
internal sealed record Package(long ZipBytes, long LargestFile)
{
    public static Package Of(FunctionSpec spec)
    {
        var folder = Path.GetFullPath(spec.Package ?? Path.GetDirectoryName(Path.GetFullPath(spec.Command[0]))!);
        var largest = 0L;
        using Counter counter = new();
        using (ZipArchive zip = new(counter, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            {
                zip.CreateEntryFromFile(file, Path.GetRelativePath(folder, file), CompressionLevel.SmallestSize);
                largest = long.Max(largest, new FileInfo(file).Length);
            }
        }

        return new(counter.Position, largest);
    }

    /// <summary>Counts the bytes written and discards them.</summary>
    private sealed class Counter : Stream
    {
        private long _position;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => _position;

        public override long Position { get => _position; set => throw new NotSupportedException(); }

        public override void Write(byte[] buffer, int offset, int count) => _position += count;

        public override void Write(ReadOnlySpan<byte> buffer) => _position += buffer.Length;

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
