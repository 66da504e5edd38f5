using S3Lister.Client;

namespace S3Lister.Cli.Usage;

/// <summary>What has changed in a folder between two summaries.</summary>
/// <param name="Name">The folder.</param>
/// <param name="IsRest">Whether the row is for its folders that one of the summaries does not name.</param>
/// <param name="Before">The older sums.</param>
/// <param name="After">The newer sums.</param>
internal sealed record UsageDifference(string Name, bool IsRest, Sum Before, Sum After)
{
    private static readonly Sum Nothing = new(0, 0);

    public long Bytes => After.Bytes - Before.Bytes;

    public long Objects => After.Objects - Before.Objects;

    /// <summary>
    /// The changes in the folders of a tree, those with the largest difference in bytes first. A folder that only one tree names is new or gone if
    /// the other tree names all folders there; if not, it is compared with the rest.
    /// </summary>
    public static IReadOnlyList<UsageDifference> Find(FolderTree before, FolderTree after) =>
        [.. Compare(before, after).OrderByDescending(row => Math.Abs((decimal)row.Bytes)).ThenBy(row => row.Name, KeyOrder.Instance)];

    private static IEnumerable<UsageDifference> Compare(FolderTree before, FolderTree after)
    {
        // At the last level of one of them, nothing is named.
        if (before.Folders is [] && after.Folders is [])
        {
            yield break;
        }

        var old = before.Folders.ToDictionary(folder => folder.Name);
        var young = after.Folders.ToDictionary(folder => folder.Name);
        var (restBefore, restAfter) = (before.Rest, after.Rest);
        foreach (var name in old.Keys.Union(young.Keys))
        {
            var (left, right) = (old.GetValueOrDefault(name), young.GetValueOrDefault(name));
            if ((left is null && before.Rest.Objects > 0) || (right is null && after.Rest.Objects > 0))
            {
                restBefore = restBefore.Add(left?.Sums ?? Nothing);
                restAfter = restAfter.Add(right?.Sums ?? Nothing);
                continue;
            }

            var empty = new FolderTree(name, Nothing, Nothing, Nothing, null, null, []);
            if (left?.Sums != right?.Sums)
            {
                yield return new(name, IsRest: false, left?.Sums ?? Nothing, right?.Sums ?? Nothing);
            }

            foreach (var row in Compare(left ?? empty, right ?? empty))
            {
                yield return row;
            }
        }

        if (restBefore != restAfter)
        {
            yield return new(before.Name, IsRest: true, restBefore, restAfter);
        }
    }
}
