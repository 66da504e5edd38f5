namespace S3Lister.Listing.Tallies;

/// <summary>A common prefix and its sums. The root is the listing's prefix.</summary>
/// <param name="name">The whole prefix, which ends in the delimiter except at the root.</param>
/// <param name="parent">The common prefix that contains it; null for the root.</param>
/// <param name="ages">The number of age classes.</param>
internal sealed class TreeNode(byte[] name, TreeNode? parent, int ages)
{
    private readonly Sums[] _ages = new Sums[ages];
    private Sums _own;
    private Sums _rest;
    private Sums _total;
    private long _newest = long.MinValue;
    private long _oldest = long.MaxValue;

    public byte[] Name => name;

    public TreeNode? Parent => parent;

    /// <summary>0 for the root.</summary>
    public int Level { get; } = parent is null ? 0 : parent.Level + 1;

    /// <summary>Objects without a delimiter after the name.</summary>
    public Sums Own => _own;

    /// <summary>Objects of the common prefixes in it that are not nodes: folded ones and those below the deepest level.</summary>
    public Sums Rest => _rest;

    /// <summary>All objects, once <see cref="AddToTotal"/> has run for it and all nodes in it.</summary>
    public Sums Total => _total;

    /// <summary>Its place in a response, which has the greatest first.</summary>
    public TreeNodeRank Rank => new(_total.Bytes, _total.Objects, name);

    /// <summary>By age class.</summary>
    public ReadOnlySpan<Sums> Ages => _ages;

    /// <summary>The time of the last modification; null without objects.</summary>
    public DateTime? Newest => _newest == long.MinValue ? null : new(_newest, DateTimeKind.Utc);

    /// <inheritdoc cref="Newest"/>
    public DateTime? Oldest => _oldest == long.MaxValue ? null : new(_oldest, DateTimeKind.Utc);

    /// <summary>Whether it is part of the rest of its parent, and no longer a node.</summary>
    public bool IsFolded { get; private set; }

    /// <summary>Adds an object.</summary>
    /// <param name="bytes">Its size.</param>
    /// <param name="ticks">The time of its last modification.</param>
    /// <param name="age">The age class of that.</param>
    /// <param name="isOwn">Whether there is no delimiter after the name.</param>
    public void Add(long bytes, long ticks, int age, bool isOwn)
    {
        (isOwn ? ref _own : ref _rest).Add(bytes);
        _ages[age].Add(bytes);
        _newest = Math.Max(_newest, ticks);
        _oldest = Math.Min(_oldest, ticks);
    }

    /// <summary>Adds the sums of the same node of another tree.</summary>
    /// <param name="newest">In ticks of UTC; null without objects.</param>
    public void Merge(Sums own, Sums rest, ReadOnlySpan<Sums> ageSums, long? newest, long? oldest)
    {
        _own.Add(own);
        _rest.Add(rest);
        for (var age = 0; age < _ages.Length; age++)
        {
            _ages[age].Add(ageSums[age]);
        }

        _newest = Math.Max(_newest, newest ?? long.MinValue);
        _oldest = Math.Min(_oldest, oldest ?? long.MaxValue);
    }

    /// <summary>Starts the total with the objects that are in no node below.</summary>
    public void StartTotal()
    {
        _total = _own;
        _total.Add(_rest);
    }

    public void AddToTotal(TreeNode child) => _total.Add(child._total);

    /// <summary>Adds the ages of a node in it.</summary>
    public void AddAges(TreeNode child)
    {
        for (var age = 0; age < _ages.Length; age++)
        {
            _ages[age].Add(child._ages[age]);
        }

        _newest = Math.Max(_newest, child._newest);
        _oldest = Math.Min(_oldest, child._oldest);
    }

    /// <summary>Adds a node that is no longer one to the rest. The totals stay as they are.</summary>
    public void Fold(TreeNode child)
    {
        _rest.Add(child._total);
        child.IsFolded = true;
    }
}
