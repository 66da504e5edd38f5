using S3Lister.Listing.Ranges;
using S3Lister.Listing.Text;

namespace S3Lister.Listing.Tallies;

/// <summary>
/// Sums by common prefix, several levels deep. If there are too many, it folds the smallest of the deepest level into the
/// rest of the common prefix that contains them, so that whole levels stay.
/// </summary>
/// <remarks>
/// While the listing runs, only a node whose keys have all been listed is folded: it can't come again, so the sums of every
/// node are whole, regardless of the order in which ranges are listed. A node with at least 1 % of the objects or bytes so
/// far is kept at the first level, and with it each that has 1 % of all of them.
/// </remarks>
/// <param name="prefix">The listing's prefix.</param>
/// <param name="delimiter">Ends a common prefix; at least one byte.</param>
/// <param name="depth">The number of levels.</param>
/// <param name="ages">The number of age classes.</param>
/// <param name="maxBytes">The memory for nodes, approximately, in bytes.</param>
internal sealed class TreeTally(byte[] prefix, byte[] delimiter, int depth, int ages, int maxBytes = TreeTally.DefaultMaxBytes)
{
    /// <summary>More nodes than a response has, whatever their names.</summary>
    public const int DefaultMaxBytes = 12 * 1024 * 1024;

    /// <summary>The memory of a node without name and age classes: objects, arrays' heads and the entry of the dictionary.</summary>
    private const int NodeBytes = 240;

    /// <summary>Share of objects or bytes, as a divisor, with which a node of the first level is always kept.</summary>
    private const int KeptShare = 100;

    private readonly Dictionary<byte[], TreeNode> _nodes = new(KeyComparer.Instance);
    private readonly TreeNode _root = new(prefix, null, ages);
    private TreeNode? _recent;
    private long _bytes;
    private long _limit = maxBytes;

    /// <summary>Adds an object.</summary>
    /// <param name="key">Its key, which begins with the prefix.</param>
    /// <param name="bytes">Its size.</param>
    /// <param name="ticks">The time of its last modification.</param>
    /// <param name="age">The age class of that.</param>
    public void Add(ReadOnlySpan<byte> key, long bytes, long ticks, int age)
    {
        // Consecutive keys usually have a common prefix.
        var node = _recent ?? _root;
        while (!key.StartsWith(node.Name))
        {
            node = node.Parent!;
        }

        int at;
        while ((at = key[node.Name.Length..].IndexOf(delimiter)) >= 0 && node.Level < depth)
        {
            node = FindOrAdd(key[..(node.Name.Length + at + delimiter.Length)], node);
        }

        node.Add(bytes, ticks, age, isOwn: at < 0);
        _recent = node;
    }

    /// <summary>Whether <see cref="FoldListed"/> would fold nodes, because they use too much memory.</summary>
    public bool NeedsFolding => _bytes > _limit;

    /// <summary>The root and all nodes. Their ages and instants are those of their own objects and of folded nodes.</summary>
    public IEnumerable<TreeNode> Nodes => _nodes.Values.Prepend(_root);

    /// <summary>The node of this name, with the nodes that contain it, to merge another tree into this one.</summary>
    /// <param name="name">The listing's prefix, or a common prefix of at most as many levels as the tree has.</param>
    public TreeNode Node(ReadOnlySpan<byte> name)
    {
        var node = _root;
        for (int at; (at = name[node.Name.Length..].IndexOf(delimiter)) >= 0;)
        {
            node = FindOrAdd(name[..(node.Name.Length + at + delimiter.Length)], node);
        }

        return node;
    }

    /// <summary>Folds nodes if there are too many, but none that may still get objects.</summary>
    /// <param name="remaining">The ranges that remain to be listed.</param>
    public void FoldListed(IReadOnlyList<KeyRange> remaining)
    {
        if (!NeedsFolding)
        {
            return;
        }

        OpenPrefixes open = new(remaining, prefix.Length);
        var levels = SumUp();
        for (var level = depth; level > 0; level--)
        {
            FoldLast(
                levels[level],
                needed: () => _bytes > maxBytes / 2,
                fold: node =>
                {
                    if (!open.Contain(node.Name))
                    {
                        node.Parent!.AddAges(node);
                        Fold(node);
                    }
                });
        }

        _recent = null;
        _limit = Math.Max(maxBytes, 2 * _bytes);
    }

    /// <summary>Folds nodes until they fit into a response, and ends the tally.</summary>
    /// <param name="minShare">Per mille of all bytes that a node must have.</param>
    /// <param name="maxNodes">The number of nodes in the response.</param>
    /// <param name="length">The length of a node in the response, in bytes.</param>
    /// <param name="room">The length of all nodes.</param>
    public Tree ToTree(int minShare, int maxNodes, Func<TreeNode, int> length, long room)
    {
        var levels = SumUp();
        for (var level = depth; level > 0; level--)
        {
            levels[level].ForEach(static node => node.Parent!.AddAges(node));
        }

        for (var level = depth; level > 0; level--)
        {
            levels[level].Where(node => IsSmall(node, minShare) && !IsKept(node)).ToList().ForEach(Fold);
        }

        for (var level = depth; level > 0; level--)
        {
            FoldLast(levels[level], needed: () => _nodes.Count > maxNodes, Fold);
        }

        var lengths = _nodes.Values.ToDictionary(static node => node, length);
        room -= lengths.Values.Sum(static each => (long)each);
        for (var level = depth; level > 0; level--)
        {
            FoldLast(levels[level], needed: () => room < 0, fold: node =>
            {
                room += lengths[node];
                Fold(node);
            });
        }

        return new(_root, _nodes.Values.OrderByDescending(static node => node.Rank).ToLookup(static node => node.Parent!));
    }

    private TreeNode FindOrAdd(ReadOnlySpan<byte> name, TreeNode parent)
    {
        if (_nodes.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(name, out var known))
        {
            return known;
        }

        TreeNode node = new(name.ToArray(), parent, ages);
        _nodes.Add(node.Name, node);
        _bytes += Bytes(node);
        return node;
    }

    /// <summary>Computes all totals.</summary>
    /// <returns>The nodes of each level.</returns>
    private List<TreeNode>[] SumUp()
    {
        var levels = new List<TreeNode>[depth + 1];
        for (var level = 0; level <= depth; level++)
        {
            levels[level] = [];
        }

        _root.StartTotal();
        foreach (var node in _nodes.Values)
        {
            node.StartTotal();
            levels[node.Level].Add(node);
        }

        for (var level = depth; level > 0; level--)
        {
            levels[level].ForEach(static node => node.Parent!.AddToTotal(node));
        }

        return levels;
    }

    /// <summary>Folds nodes of a level while that is needed, from the last in the order of a response.</summary>
    private void FoldLast(List<TreeNode> level, Func<bool> needed, Action<TreeNode> fold)
    {
        if (!needed())
        {
            return;
        }

        TreeNode[] nodes = [.. level.Where(node => !node.IsFolded && !IsKept(node))];
        Array.Sort(Array.ConvertAll(nodes, static node => node.Rank), nodes);
        foreach (var node in nodes)
        {
            fold(node);
            if (!needed())
            {
                break;
            }
        }
    }

    private bool IsSmall(TreeNode node, int minShare) =>
        (Int128)node.Total.Bytes * 1000 < (Int128)_root.Total.Bytes * minShare;

    private bool IsKept(TreeNode node) => node.Level == 1
        && (node.Total.Objects >= _root.Total.Objects / KeptShare
            || (node.Total.Bytes > 0 && node.Total.Bytes >= _root.Total.Bytes / KeptShare));

    private void Fold(TreeNode node)
    {
        node.Parent!.Fold(node);
        _nodes.Remove(node.Name);
        _bytes -= Bytes(node);
    }

    private int Bytes(TreeNode node) => NodeBytes + node.Name.Length + (ages * 16);
}

/// <summary>The nodes of a response.</summary>
/// <param name="Root">The listing's prefix: all sums, those outside of common prefixes, and those of folded nodes.</param>
/// <param name="Children">The nodes in a node, the largest first.</param>
internal sealed record Tree(TreeNode Root, ILookup<TreeNode, TreeNode> Children);
