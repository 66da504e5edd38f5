using System.Text;
using S3Lister.Inventory.Runs;
using S3Lister.Listing.Tallies;
using S3Lister.Listing.Xml;

namespace S3Lister.Inventory.Exporting;

/// <summary>The sums of the objects that one attempt lists, or of a whole run.</summary>
/// <param name="prefix">The prefix of the inventory.</param>
/// <param name="input">What the run was started with.</param>
/// <param name="maxTreeBytes">The memory for nodes of the tree, approximately, in bytes.</param>
internal sealed class ExportTally(string prefix, InventoryInput input, int maxTreeBytes)
{
    /// <summary>In bytes of memory, which is about as many of the commit record.</summary>
    public const int MaxTreeBytes = 256 * 1024;

    private readonly ClassEdges _ages = new([.. input.ModifiedEdges.Select(static edge => edge.UtcTicks)]);
    private Sums _total;

    public Sums Total => _total;

    public StorageClassTally Classes { get; } = new();

    public CubeTally Cube { get; } = new(input.ModifiedEdges.Length + 1);

    /// <summary>Null if the input has depth 0.</summary>
    public TreeTally? Tree { get; } = input.Depth == 0 ? null
        : new(Encoding.UTF8.GetBytes(prefix), "/"u8.ToArray(), input.Depth, input.ModifiedEdges.Length + 1, maxTreeBytes);

    /// <returns>The number of the object's storage class.</returns>
    public int Add(ObjectEntry entry)
    {
        var (size, modified) = (entry.Size, entry.LastModified.Ticks);
        _total.Add(size);
        var storageClass = Classes.Add(entry.StorageClass, size);
        var age = _ages.Of(modified);
        Cube.Add(age, storageClass, size);
        Tree?.Add(entry.Key, size, modified, age);
        return storageClass;
    }

    /// <summary>Adds the sums of an attempt.</summary>
    public void Merge(TallyRecord record)
    {
        _total.Add(Sums(record.Total));
        var classes = Array.ConvertAll(record.Classes, each => Classes.Add(Encoding.UTF8.GetBytes(each.Name), Sums(each.Sums)));
        foreach (var cell in record.Cube)
        {
            Cube.Add(cell.Age, cell.Size, classes[cell.Class], Sums(cell.Sums));
        }

        foreach (var node in record.Tree)
        {
            Tree!.Node(Encoding.UTF8.GetBytes(node.Name))
                .Merge(Sums(node.Own), Sums(node.Rest), Array.ConvertAll(node.Ages, Sums), node.Newest, node.Oldest);
        }
    }

    public TallyRecord ToRecord() => new()
    {
        Total = Record(_total),
        Classes = [.. Enumerable.Range(0, Classes.Count).Select(number => new ClassRecord(Encoding.UTF8.GetString(Classes.Name(number)), Record(Classes.Sums(number))))],
        Cube = [.. Cube.Cells.Select(static cell => new CellRecord(cell.Age, cell.Size, cell.StorageClass, Record(cell.Sums)))],
        Tree = [.. Tree?.Nodes.Select(static node => new NodeRecord(
            Encoding.UTF8.GetString(node.Name), Record(node.Own), Record(node.Rest), [.. node.Ages.ToArray().Select(Record)], node.Newest?.Ticks, node.Oldest?.Ticks)) ?? []],
    };

    private static Sums Sums(SumsRecord sums) => new(sums.Objects, sums.Bytes);

    private static SumsRecord Record(Sums sums) => new(sums.Objects, sums.Bytes);
}
