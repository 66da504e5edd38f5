using S3Lister.Local.EmbeddedS3.Protocol;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Local.EmbeddedS3.Synthetic;

/// <summary>A bucket of any size that costs no memory: keys and what is known of the objects are computed.</summary>
internal sealed class SyntheticObjectStore(KeySpace keys) : IObjectStore
{
    public KeySpace Keys => keys;

    public IObjectCursor OpenCursor() => new Cursor(keys);

    /// <summary>What is known of object <paramref name="index"/>: always the same.</summary>
    public static ObjectInfo Info(long index)
    {
        var hash = Hash.Of((ulong)index);
        return new ObjectInfo
        {
            // Up to 16 MiB, small ones more often than large ones.
            Size = (long)((hash & 0xFF_FFFF) >> (int)((hash >> 24) & 15)),
            LastModified = FirstModified + (long)((hash >> 28) & 0x3FF_FFFF),
            ETag = new ETag(hash, ~hash, (ushort)((hash & 0xFF) == 0 ? 3 : 0)),
            StorageClass = (hash >> 56) switch
            {
                < 192 => StorageClass.Standard,
                < 224 => StorageClass.StandardIA,
                < 240 => StorageClass.IntelligentTiering,
                < 248 => StorageClass.GlacierIR,
                _ => StorageClass.DeepArchive,
            },
            ChecksumAlgorithm = ChecksumAlgorithm.Crc64Nvme,
        };
    }

    private static readonly long FirstModified =
        new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();

    private sealed class Cursor(KeySpace keys) : IObjectCursor
    {
        private readonly byte[] _key = new byte[S3Limits.MaxKeyBytes];
        private int _length;
        private long _index;

        public ReadOnlySpan<byte> Key => _key.AsSpan(0, _length);

        public ObjectInfo Info => SyntheticObjectStore.Info(_index);

        public bool Seek(ReadOnlySpan<byte> key) => MoveTo(keys.Find(key));

        public bool MoveNext() => MoveTo(_index + 1);

        private bool MoveTo(long index)
        {
            _index = index;
            _length = index < keys.Count ? keys.Write(index, _key) : 0;
            return index < keys.Count;
        }
    }
}
