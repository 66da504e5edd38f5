namespace S3Lister.Listing.Tallies;

/// <summary>Classes of a value. Class 0 is below the first edge, and an edge starts its class.</summary>
/// <param name="edges">In ascending order; empty for one class.</param>
internal sealed class ClassEdges(long[] edges)
{
    /// <summary>The number of classes.</summary>
    public int Count => edges.Length + 1;

    public ReadOnlySpan<long> Edges => edges;

    public int Of(long value)
    {
        var number = 0;
        while (number < edges.Length && value >= edges[number])
        {
            number++;
        }

        return number;
    }
}
