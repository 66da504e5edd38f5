namespace S3Lister.Client;

/// <summary>The sums of an age, size and storage class.</summary>
/// <param name="Age">The age class: how many of <see cref="ClassEdges.Modified"/> are not after the objects' modification.</param>
/// <param name="Size">The size class: how many of <see cref="ClassEdges.Size"/> the objects' size has reached.</param>
/// <param name="StorageClass">The class, such as <c>STANDARD</c>.</param>
/// <param name="Objects">Number of objects.</param>
/// <param name="Bytes">Total size in bytes.</param>
public sealed record CubeCell(int Age, int Size, string StorageClass, long Objects, long Bytes)
{
    internal static List<CubeCell> Add(IReadOnlyList<CubeCell> first, IReadOnlyList<CubeCell> second) =>
    [
        .. first.Concat(second)
            .GroupBy(
                cell => (cell.Age, cell.Size, cell.StorageClass),
                (name, cells) => new CubeCell(name.Age, name.Size, name.StorageClass, cells.Sum(cell => cell.Objects), cells.Sum(cell => cell.Bytes)))
            .OrderBy(cell => cell.Age).ThenBy(cell => cell.Size).ThenBy(cell => cell.StorageClass, KeyOrder.Instance),
    ];
}

/// <summary>What divides classes. Class 0 is before the first edge, and an edge begins its class.</summary>
/// <param name="Modified">The instants between age classes, in ascending order.</param>
/// <param name="Size">The bytes between size classes, in ascending order.</param>
public sealed record ClassEdges(IReadOnlyList<DateTimeOffset> Modified, IReadOnlyList<long> Size);
