using S3Lister.Listing.Text;

namespace S3Lister.Listing.Tallies;

/// <summary>The tree of a summary as nested JSON, as NDJSON and as CSV.</summary>
internal static class TreeText
{
    /// <summary>The number of nodes of a response.</summary>
    public const int MaxNodes = 10_000;

    /// <summary>The number of bytes of a node in the response's envelope, whatever is folded into it.</summary>
    public static int Length(TreeNode node)
    {
        using Utf8Buffer text = new();
        JsonWriter json = new(text);
        json.StartObject();
        json.Number("depth"u8, node.Level);
        WriteFields(ref json, node, rest: node.Total);
        json.EndObject();

        // With the comma or line feed that follows, and children instead of depth.
        return JsonText.EscapedLength(text.Written) + 8;
    }

    /// <summary>Writes the nodes in a node as nested objects.</summary>
    public static void WriteNested(ref JsonWriter json, ReadOnlySpan<byte> name, Tree tree, TreeNode parent)
    {
        json.StartArray(name);
        foreach (var node in tree.Children[parent])
        {
            json.StartObject();
            WriteFields(ref json, node, node.Rest);
            WriteNested(ref json, "children"u8, tree, node);
            json.EndObject();
        }

        json.EndArray();
    }

    /// <summary>Writes a node and the nodes in it, a line each. The depth of the listing's prefix is 0.</summary>
    public static void WriteNdjson(Utf8Buffer text, Tree tree, TreeNode node)
    {
        JsonWriter json = new(text);
        json.StartObject();
        json.Number("depth"u8, node.Level);
        WriteFields(ref json, node, node.Rest);
        json.EndObject();
        text.Append("\n"u8);
        foreach (var child in tree.Children[node])
        {
            WriteNdjson(text, tree, child);
        }
    }

    /// <inheritdoc cref="WriteNdjson"/>
    public static void WriteCsv(Utf8Buffer text, Tree tree)
    {
        text.Append("depth,commonPrefix,objects,bytes,ownObjects,ownBytes,restObjects,restBytes,newest,oldest"u8);
        for (var age = 0; age < tree.Root.Ages.Length; age++)
        {
            text.Append(",age"u8);
            text.AppendNumber(age);
            text.Append("Objects,age"u8);
            text.AppendNumber(age);
            text.Append("Bytes"u8);
        }

        text.Append("\r\n"u8);
        WriteRow(text, tree, tree.Root);
    }

    private static void WriteRow(Utf8Buffer text, Tree tree, TreeNode node)
    {
        text.AppendNumber(node.Level);
        text.Append(","u8);
        text.AppendCell(node.Name);
        WriteCells(text, node.Total);
        WriteCells(text, node.Own);
        WriteCells(text, node.Rest);
        WriteCell(text, node.Newest);
        WriteCell(text, node.Oldest);
        foreach (var age in node.Ages)
        {
            WriteCells(text, age);
        }

        text.Append("\r\n"u8);
        foreach (var child in tree.Children[node])
        {
            WriteRow(text, tree, child);
        }
    }

    private static void WriteFields(ref JsonWriter json, TreeNode node, Sums rest)
    {
        json.String("commonPrefix"u8, node.Name);
        json.Sums(node.Total);
        json.Sums("own"u8, node.Own);
        json.Sums("rest"u8, rest);
        json.Instant("newest"u8, node.Newest);
        json.Instant("oldest"u8, node.Oldest);
        json.StartArray("ages"u8);
        foreach (var age in node.Ages)
        {
            json.StartObject();
            json.Sums(age);
            json.EndObject();
        }

        json.EndArray();
    }

    private static void WriteCells(Utf8Buffer text, Sums sums)
    {
        text.Append(","u8);
        text.AppendNumber(sums.Objects);
        text.Append(","u8);
        text.AppendNumber(sums.Bytes);
    }

    private static void WriteCell(Utf8Buffer text, DateTime? instant)
    {
        text.Append(","u8);
        if (instant is { } value)
        {
            text.AppendInstant(value);
        }
    }
}
