using S3Lister.Inventory.Configuration;
using S3Lister.Inventory.Exporting;
using S3Lister.Inventory.Runs;
using S3Lister.Listing.Tallies;
using S3Lister.Listing.Text;

namespace S3Lister.Inventory.Finishing;

/// <summary>The sums of a run, with the names of <c>GET /summary</c>: by storage class, as a tree, and as a cube.</summary>
internal static class SummaryFile
{
    /// <summary>The limit of the tree, in bytes.</summary>
    private const int MaxTreeLength = 8 * 1024 * 1024;

    public static Utf8Buffer Create(InventoryOptions options, InventoryJob job, ExportTally tally)
    {
        Utf8Buffer text = new();
        JsonWriter json = new(text);
        json.StartObject();
        json.String("bucket"u8, options.Bucket);
        json.String("prefix"u8, options.Prefix);
        json.String("run"u8, job.Run);
        json.Instant("started"u8, job.Started.UtcDateTime);
        json.Sums(tally.Total);
        json.StartArray("storageClasses"u8);
        foreach (var (name, sums) in tally.Classes.All)
        {
            json.NamedSums("storageClass"u8, name, sums);
        }

        json.EndArray();
        if (tally.Tree?.ToTree(0, TreeText.MaxNodes, TreeText.Length, MaxTreeLength) is { } tree)
        {
            TreeText.WriteNested(ref json, "tree"u8, tree, tree.Root);
            json.Sums("rest"u8, tree.Root.Rest);
        }

        WriteEdges(ref json, job.Input);
        WriteCube(ref json, tally);
        json.EndObject();
        return text;
    }

    private static void WriteEdges(ref JsonWriter json, InventoryInput input)
    {
        json.StartObject("edges"u8);
        json.StartArray("modified"u8);
        foreach (var edge in input.ModifiedEdges)
        {
            json.Instant(edge.UtcDateTime);
        }

        json.EndArray();
        json.StartArray("size"u8);
        foreach (var edge in SizeClasses.All.Edges)
        {
            json.Number(edge);
        }

        json.EndArray();
        json.EndObject();
    }

    private static void WriteCube(ref JsonWriter json, ExportTally tally)
    {
        json.StartArray("cube"u8);
        foreach (var (age, size, storageClass, sums) in tally.Cube.Cells)
        {
            json.StartObject();
            json.Number("age"u8, age);
            json.Number("size"u8, size);
            json.String("storageClass"u8, tally.Classes.Name(storageClass));
            json.Sums(sums);
            json.EndObject();
        }

        json.EndArray();
    }
}
