using S3Lister.Client;

namespace S3Lister.Cli.Usage;

/// <summary>A prefix and the folders in it, as a tree that a summary has, or that its groups make.</summary>
/// <param name="Name">The prefix, from the beginning of its keys.</param>
/// <param name="Sums">All objects that begin with it.</param>
/// <param name="Own">Its objects that are in no folder.</param>
/// <param name="Rest">Its folders that are not named.</param>
/// <param name="Newest">When an object in it was last modified; null if that is not known.</param>
/// <param name="Oldest">When the object in it that has not been modified for the longest time was last modified; null if that is not known.</param>
/// <param name="Folders">Its folders, largest first.</param>
internal sealed record FolderTree(
    string Name, Sum Sums, Sum Own, Sum Rest, DateTimeOffset? Newest, DateTimeOffset? Oldest, IReadOnlyList<FolderTree> Folders)
{
    private static readonly Sum Nothing = new(0, 0);

    public static FolderTree Of(Summary summary) => new(
        summary.Prefix,
        new(summary.Objects, summary.Bytes),
        summary.Ungrouped,
        summary.Rest ?? summary.OtherGroups,
        summary.Newest is [var newest, ..] ? newest.LastModified : null,
        summary.Oldest is [var oldest, ..] ? oldest.LastModified : null,
        summary.Tree is { } tree
            ? [.. tree.Select(Of)]
            : [.. summary.Groups.OrderByDescending(group => group.Bytes).ThenByDescending(group => group.Objects).Select(Of)]);

    /// <summary>The same tree without folders that have less than a share. They are summed in the rest of the folder that contains them.</summary>
    /// <param name="bytes">The number of bytes that a folder must have.</param>
    public FolderTree Fold(double bytes)
    {
        var folders = Folders.ToLookup(folder => folder.Sums.Bytes >= bytes);
        return this with
        {
            Rest = folders[false].Aggregate(Rest, (sum, folder) => sum.Add(folder.Sums)),
            Folders = [.. folders[true].Select(folder => folder.Fold(bytes))],
        };
    }

    /// <summary>The same tree with fewer levels.</summary>
    public FolderTree Cut(int levels) => levels > 0
        ? this with { Folders = [.. Folders.Select(folder => folder.Cut(levels - 1))] }
        : this with { Rest = Folders.Aggregate(Rest, (sum, folder) => sum.Add(folder.Sums)), Folders = [] };

    private static FolderTree Of(TreeNode node) => new(
        node.CommonPrefix, new(node.Objects, node.Bytes), node.Own, node.Rest, node.Newest, node.Oldest, [.. node.Children.Select(Of)]);

    /// <summary>What is in a group is not known further.</summary>
    private static FolderTree Of(GroupSum group) =>
        new(group.CommonPrefix, new(group.Objects, group.Bytes), Nothing, new(group.Objects, group.Bytes), null, null, []);
}
