using S3Lister.Listing.S3;

namespace S3Lister.Listing.Tallies;

/// <summary>The number of objects and their bytes.</summary>
internal struct Sums(long objects, long bytes)
{
    public long Objects { get; private set; } = objects;

    public long Bytes { get; private set; } = bytes;

    public void Add(long bytes)
    {
        Objects++;
        Bytes = Sum(Bytes, bytes);
    }

    public void Add(Sums sums)
    {
        Objects += sums.Objects;
        Bytes = Sum(Bytes, sums.Bytes);
    }

    /// <exception cref="UpstreamException">The sum exceeds 8 EiB, the maximum of a 64-bit integer.</exception>
    private static long Sum(long left, long right) => right <= long.MaxValue - left
        ? left + right
        : throw new UpstreamException(UpstreamCause.InvalidAnswer, "The sizes in S3's responses add up to more than 8 EiB.");
}
