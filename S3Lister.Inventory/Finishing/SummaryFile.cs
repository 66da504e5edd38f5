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

        CubeJson.WriteEdges(ref json, job.Input.ModifiedEdges.Select(static edge => edge.UtcDateTime));
        json.StartArray("cube"u8);
        CubeJson.WriteCells(ref json, tally.Cube, tally.Classes);
        json.EndArray();
        json.EndObject();
        return text;
    }
}
