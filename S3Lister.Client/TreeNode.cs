namespace S3Lister.Client;

/// <summary>A common prefix of a summary's tree. Its sums are those of <see cref="Own"/>, its children and <see cref="Rest"/>.</summary>
public sealed record TreeNode
{
    /// <summary>The prefix of its keys, up to the delimiter that ends its level.</summary>
    public required string CommonPrefix { get; init; }

    /// <summary>Number of objects that begin with it.</summary>
    public required long Objects { get; init; }

    /// <summary>Their total size in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>The sums of the objects without another delimiter: the files directly in a folder.</summary>
    public required Sum Own { get; init; }

    /// <summary>The sums of the common prefixes in it that are not named, because they are below the last level or folded.</summary>
    public required Sum Rest { get; init; }

    /// <summary>When an object in it was last modified.</summary>
    public required DateTimeOffset Newest { get; init; }

    /// <summary>When the object in it that has not been modified for the longest time was last modified.</summary>
    public required DateTimeOffset Oldest { get; init; }

    /// <summary>The sums by age class: n edges divide n + 1 classes, and the first class is before the first edge.</summary>
    public required IReadOnlyList<Sum> Ages { get; init; }

    /// <summary>The nodes of the next level, largest first.</summary>
    public required IReadOnlyList<TreeNode> Children { get; init; }

    /// <summary>The nodes of both lists, largest first: by bytes, then by objects, then by name.</summary>
    internal static List<TreeNode> Add(IReadOnlyList<TreeNode> first, IReadOnlyList<TreeNode> second) =>
    [
        .. first.Concat(second)
            .GroupBy(node => node.CommonPrefix, (_, nodes) => nodes.Aggregate((left, right) => left.Add(right)))
            .OrderByDescending(node => node.Bytes).ThenByDescending(node => node.Objects).ThenBy(node => node.CommonPrefix, KeyOrder.Instance),
    ];

    private TreeNode Add(TreeNode other) => this with
    {
        Objects = checked(Objects + other.Objects),
        Bytes = checked(Bytes + other.Bytes),
        Own = Own.Add(other.Own),
        Rest = Rest.Add(other.Rest),
        Newest = Newest > other.Newest ? Newest : other.Newest,
        Oldest = Oldest < other.Oldest ? Oldest : other.Oldest,
        Ages = [.. Ages.Zip(other.Ages, (left, right) => left.Add(right))],
        Children = Add(Children, other.Children),
    };
}
