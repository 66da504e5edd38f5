using S3Lister.Listing.S3;

namespace S3Lister.Functions.Summary;

/// <summary>Objects and their bytes.</summary>
internal struct Sums
{
    public long Objects { get; private set; }

    public long Bytes { get; private set; }

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

    /// <exception cref="UpstreamException">It is more than a number holds: eight exbibytes.</exception>
    private static long Sum(long left, long right) => right <= long.MaxValue - left
        ? left + right
        : throw new UpstreamException(UpstreamCause.InvalidAnswer, "S3's answers have more bytes than any store.");
}
