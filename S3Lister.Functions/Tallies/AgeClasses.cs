namespace S3Lister.Functions.Tallies;

/// <summary>Classes of the time of the last modification. Class 0 is before the first edge, and an edge starts its class.</summary>
/// <param name="edges">Ticks (UTC) in ascending order; empty for one class.</param>
internal sealed class AgeClasses(long[] edges)
{
    public int Count => edges.Length + 1;

    public int Of(long ticks)
    {
        var age = 0;
        while (age < edges.Length && ticks >= edges[age])
        {
            age++;
        }

        return age;
    }
}
