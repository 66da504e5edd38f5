using System.Text.Json.Serialization;

namespace S3Lister.Client;

/// <summary>How much is under a prefix: the whole of it, or a part.</summary>
public sealed record Summary
{
    /// <summary>The bucket that was listed.</summary>
    public required string Bucket { get; init; }

    /// <summary>The prefix whose keys are summed.</summary>
    public required string Prefix { get; init; }

    /// <summary>What ends a common prefix; null if nothing was grouped.</summary>
    public required string? Delimiter { get; init; }

    /// <summary>How many entries each of the three lists has at most.</summary>
    public required int Top { get; init; }

    /// <summary>Whether everything is summed. If not, the sums are those of a part.</summary>
    public required bool Complete { get; init; }

    /// <summary>The token of the remaining part; null if nothing remains.</summary>
    public required string? NextContinuationToken { get; init; }

    /// <summary>Number of objects that match the filters.</summary>
    public required long Objects { get; init; }

    /// <summary>Their total size in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>The sums by storage class, ordered by name.</summary>
    public required IReadOnlyList<StorageClassSum> StorageClasses { get; init; }

    /// <summary>The sums by common prefix, in UTF-8 byte order; at most 10,000 in each part.</summary>
    public required IReadOnlyList<GroupSum> Groups { get; init; }

    /// <summary>Whether there are more groups, all after the ones in the list.</summary>
    public required bool GroupsTruncated { get; init; }

    /// <summary>The sums of the groups that are not in the list.</summary>
    public required Sum OtherGroups { get; init; }

    /// <summary>The sums of the objects that belong to no group.</summary>
    public required Sum Ungrouped { get; init; }

    /// <summary>
    /// The common prefixes of the first level, largest first; null unless <see cref="SummaryQuery.Depth"/> was requested. The summary's
    /// sums are those of its nodes, <see cref="Rest"/> and <see cref="Ungrouped"/>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TreeNode>? Tree { get; init; }

    /// <summary>The sums of the first level's common prefixes that are not named; null without a tree.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Sum? Rest { get; init; }

    /// <summary>What divides the age and size classes; null without a tree and a cube.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ClassEdges? Edges { get; init; }

    /// <summary>
    /// The sums by age, size and storage class, ordered by these three; null unless <see cref="SummaryQuery.ByCube"/> was requested. A
    /// class without objects has no cell.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CubeCell>? Cube { get; init; }

    /// <summary>The sums by ending, largest first, at most 1000 in each part; null unless <see cref="SummaryQuery.ByEnding"/> was requested.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<EndingSum>? Endings { get; init; }

    /// <summary>The sums of all other endings; null without endings.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Sum? OtherEndings { get; init; }

    /// <summary>The largest objects, largest first.</summary>
    public required IReadOnlyList<ListedObject> Largest { get; init; }

    /// <summary>The objects that were modified last, newest first.</summary>
    public required IReadOnlyList<ListedObject> Newest { get; init; }

    /// <summary>The objects that have not been modified for the longest time, oldest first.</summary>
    public required IReadOnlyList<ListedObject> Oldest { get; init; }

    /// <summary>Whether the three lists have fewer entries than <see cref="Top"/> because their keys are so long.</summary>
    public required bool TopTruncated { get; init; }

    /// <summary>
    /// Texts between keys, in UTF-8 byte order, that cut what is summed into ranges; empty unless <see cref="SummaryQuery.Splits"/> was
    /// requested. If there are several parts, those of all parts: then there are more ranges, none larger than intended.
    /// </summary>
    public IReadOnlyList<string> Splits { get => field ?? []; init; }

    /// <summary>Number of objects that were listed, before filters.</summary>
    public required long Scanned { get; init; }

    /// <summary>Number of LIST requests that the service made.</summary>
    public required long S3Requests { get; init; }

    /// <summary>Number of LIST requests that a listing page by page would have made.</summary>
    public required long S3RequestsMinimum { get; init; }

    /// <summary>The sums of this part and of a later one of the same query.</summary>
    /// <param name="part">The part that was requested with <see cref="NextContinuationToken"/> of this one.</param>
    /// <remarks>
    /// A group is in the list only if it is whole. If a part has left out groups, those after the last one in its list are counted
    /// in <see cref="OtherGroups"/>, also if another part has a row for them. A node of the tree that one part names and another one folds has
    /// the sums of the first part only; the others are in the <c>Rest</c> that contains it. The same applies to endings.
    /// </remarks>
    public Summary Add(Summary part)
    {
        ArgumentNullException.ThrowIfNull(part);
        var (groups, others) = GroupSum.Add(this, part);
        return part with
        {
            Objects = checked(Objects + part.Objects),
            Bytes = checked(Bytes + part.Bytes),
            StorageClasses =
            [
                .. StorageClasses.Concat(part.StorageClasses)
                    .GroupBy(row => row.StorageClass, (name, rows) => new StorageClassSum(name, rows.Sum(row => row.Objects), rows.Sum(row => row.Bytes)))
                    .OrderBy(row => row.StorageClass, KeyOrder.Instance),
            ],
            Groups = groups,
            GroupsTruncated = GroupsTruncated || part.GroupsTruncated,
            OtherGroups = others,
            Ungrouped = Ungrouped.Add(part.Ungrouped),
            Tree = Tree is null || part.Tree is null ? null : TreeNode.Add(Tree, part.Tree),
            Rest = Sum.Add(Rest, part.Rest),
            Cube = Cube is null || part.Cube is null ? null : CubeCell.Add(Cube, part.Cube),
            Endings = Endings is null || part.Endings is null ? null : EndingSum.Add(Endings, part.Endings),
            OtherEndings = Sum.Add(OtherEndings, part.OtherEndings),
            Largest = First(Largest.Concat(part.Largest).OrderByDescending(entry => entry.Size)),
            Newest = First(Newest.Concat(part.Newest).OrderByDescending(entry => entry.LastModified)),
            Oldest = First(Oldest.Concat(part.Oldest).OrderBy(entry => entry.LastModified)),
            TopTruncated = TopTruncated || part.TopTruncated,
            Splits = [.. Splits.Union(part.Splits).Order(KeyOrder.Instance)],
            Scanned = Scanned + part.Scanned,
            S3Requests = S3Requests + part.S3Requests,
            S3RequestsMinimum = S3RequestsMinimum + part.S3RequestsMinimum,
        };
    }

    private List<ListedObject> First(IOrderedEnumerable<ListedObject> entries) =>
        [.. entries.ThenBy(entry => entry.Key, KeyOrder.Instance).Take(Top)];
}

/// <summary>A number of objects and their total size.</summary>
/// <param name="Objects">Number of objects.</param>
/// <param name="Bytes">Total size in bytes.</param>
public sealed record Sum(long Objects, long Bytes)
{
    internal static Sum? Add(Sum? first, Sum? second) => first is null || second is null ? null : first.Add(second);

    /// <summary>Adds other objects.</summary>
    /// <exception cref="OverflowException">The sum exceeds 2^63 - 1.</exception>
    public Sum Add(Sum other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new(checked(Objects + other.Objects), checked(Bytes + other.Bytes));
    }
}

/// <summary>The sums of a storage class.</summary>
/// <param name="StorageClass">The class, such as <c>STANDARD</c>.</param>
/// <param name="Objects">Number of objects.</param>
/// <param name="Bytes">Total size in bytes.</param>
public sealed record StorageClassSum(string StorageClass, long Objects, long Bytes);

/// <summary>The sums of a group.</summary>
/// <param name="CommonPrefix">The prefix of the group's keys, up to the delimiter.</param>
/// <param name="Objects">Number of objects.</param>
/// <param name="Bytes">Total size in bytes.</param>
public sealed record GroupSum(string CommonPrefix, long Objects, long Bytes)
{
    /// <summary>The groups that are whole in both parts, in UTF-8 byte order, and the sums of all others.</summary>
    internal static (List<GroupSum> Groups, Sum Others) Add(Summary first, Summary second)
    {
        var rows = first.Groups.Concat(second.Groups)
            .GroupBy(row => row.CommonPrefix, (name, rows) => new GroupSum(name, rows.Sum(row => row.Objects), rows.Sum(row => row.Bytes)))
            .OrderBy(row => row.CommonPrefix, KeyOrder.Instance)
            .ToLookup(row => IsWhole(first, row) && IsWhole(second, row));
        return (
            [.. rows[true]],
            rows[false].Aggregate(first.OtherGroups.Add(second.OtherGroups), (sum, row) => sum.Add(new(row.Objects, row.Bytes))));
    }

    private static bool IsWhole(Summary part, GroupSum row) => !part.GroupsTruncated
        || (part.Groups is [.., var last] && KeyOrder.Instance.Compare(row.CommonPrefix, last.CommonPrefix) <= 0);
}
