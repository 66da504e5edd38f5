namespace S3Lister.Listing.Tallies;

/// <summary>Sums by age class, size class and storage class.</summary>
/// <param name="ages">The number of age classes.</param>
internal sealed class CubeTally(int ages)
{
    /// <summary>One plane for each storage class, by size class and then by age class.</summary>
    private readonly List<Sums[]> _planes = [];

    /// <summary>The cells that have objects, by age class, size class, and number of the storage class.</summary>
    public IEnumerable<(int Age, int Size, int StorageClass, Sums Sums)> Cells =>
        from age in Enumerable.Range(0, ages)
        from size in Enumerable.Range(0, SizeClasses.All.Count)
        from storageClass in Enumerable.Range(0, _planes.Count)
        let sums = _planes[storageClass][(size * ages) + age]
        where sums.Objects > 0
        select (age, size, storageClass, sums);

    /// <param name="age">The age class.</param>
    /// <param name="storageClass">The number of the class in <see cref="StorageClassTally"/>.</param>
    /// <param name="bytes">The object's size.</param>
    public void Add(int age, int storageClass, long bytes) => Add(age, SizeClasses.All.Of(bytes), storageClass, new Sums(1, bytes));

    /// <summary>Adds the sums of a cell.</summary>
    public void Add(int age, int size, int storageClass, Sums sums)
    {
        while (_planes.Count <= storageClass)
        {
            _planes.Add(new Sums[SizeClasses.All.Count * ages]);
        }

        _planes[storageClass][(size * ages) + age].Add(sums);
    }
}
