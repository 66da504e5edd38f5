namespace S3Lister.Client;

/// <summary>The sums of the keys with the same ending.</summary>
/// <param name="Ending">What follows the last dot of the last segment, in lower case; empty if that is not 1 to 8 visible ASCII characters.</param>
/// <param name="Objects">Number of objects.</param>
/// <param name="Bytes">Total size in bytes.</param>
public sealed record EndingSum(string Ending, long Objects, long Bytes)
{
    /// <summary>The endings of both lists, largest first: by bytes, then by objects, then by name.</summary>
    internal static List<EndingSum> Add(IReadOnlyList<EndingSum> first, IReadOnlyList<EndingSum> second) =>
    [
        .. first.Concat(second)
            .GroupBy(row => row.Ending, (ending, rows) => new EndingSum(ending, rows.Sum(row => row.Objects), rows.Sum(row => row.Bytes)))
            .OrderByDescending(row => row.Bytes).ThenByDescending(row => row.Objects).ThenBy(row => row.Ending, KeyOrder.Instance),
    ];
}
