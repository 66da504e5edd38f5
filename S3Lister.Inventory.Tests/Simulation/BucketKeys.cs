using S3Lister.Listing.Text;
using S3Lister.Local.EmbeddedS3.Synthetic;

namespace S3Lister.Inventory.Tests.Simulation;

/// <summary>The keys of a bucket, numbered in their order.</summary>
internal abstract class BucketKeys
{
    public abstract long Count { get; }

    /// <summary>Writes a key and returns its length.</summary>
    public abstract int Write(long index, Span<byte> destination);

    /// <summary>The index of the first key that is not before this one; the number of keys for none.</summary>
    public abstract long Find(ReadOnlySpan<byte> key);

    public static BucketKeys Of(KeySpace keys) => new Computed(keys);

    /// <param name="keys">In any order.</param>
    public static BucketKeys Of(IEnumerable<byte[]> keys) => new Listed([.. keys.Order(KeyComparer.Instance)]);

    private sealed class Computed(KeySpace keys) : BucketKeys
    {
        public override long Count => keys.Count;

        public override int Write(long index, Span<byte> destination) => keys.Write(index, destination);

        public override long Find(ReadOnlySpan<byte> key) => keys.Find(key);
    }

    private sealed class Listed(byte[][] keys) : BucketKeys
    {
        public override long Count => keys.Length;

        public override int Write(long index, Span<byte> destination)
        {
            keys[index].CopyTo(destination);
            return keys[index].Length;
        }

        public override long Find(ReadOnlySpan<byte> key)
        {
            var at = Array.BinarySearch(keys, key.ToArray(), KeyComparer.Instance);
            return at < 0 ? ~at : at;
        }
    }
}
