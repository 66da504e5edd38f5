namespace S3Lister.Functions.Summary;

/// <summary>Objects and their bytes.</summary>
internal struct Sums
{
    public long Objects { get; private set; }

    public long Bytes { get; private set; }

    public void Add(long bytes)
    {
        Objects++;
        Bytes += bytes;
    }

    public void Add(Sums sums)
    {
        Objects += sums.Objects;
        Bytes += sums.Bytes;
    }
}
