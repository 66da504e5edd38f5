using System.Text;
using S3Lister.Listing.Ranges;
using S3Lister.Listing.S3;
using S3Lister.Listing.Tallies;
using S3Lister.Listing.Xml;

namespace S3Lister.Functions.Summary;

/// <summary>The sums of the listed objects. Its memory is bounded, regardless of their number.</summary>
internal sealed class Tally
{
    /// <summary>The number of groups to keep, which is also the maximum number of entries on a page of <c>GET /objects</c>.</summary>
    public const int MaxGroups = 10_000;

    /// <summary>The number of endings to count, in about 4 MiB; a response has the largest of them.</summary>
    private const int MaxEndings = 65_536;

    private readonly SummaryQuery _query;
    private readonly ClassEdges _ages;
    private readonly int _prefixLength;
    private Sums _total;

    public Tally(SummaryQuery query)
    {
        var prefix = Encoding.UTF8.GetBytes(query.Prefix);
        var delimiter = Encoding.UTF8.GetBytes(query.Delimiter ?? "");
        (_query, _prefixLength) = (query, prefix.Length);
        (Largest, Newest, Oldest) = (new(query.Top), new(query.Top), new(query.Top));
        Groups = new(delimiter, prefix.Length, MaxGroups);
        _ages = new([.. query.ModifiedEdges.Select(static edge => edge.Ticks)]);
        Tree = query.Depth > 0 ? new(prefix, delimiter, query.Depth, _ages.Count) : null;
        Cube = query.HasCube ? new(_ages.Count) : null;
        Splits = query.Splits is { } ranges ? new(ranges) : null;
        Endings = query.HasEndings ? new(delimiter.Length > 0 ? delimiter : "/"u8.ToArray(), MaxEndings) : null;
    }

    public Sums Total => _total;

    public StorageClassTally StorageClasses { get; } = new();

    public GroupTally Groups { get; }

    public TopObjects Largest { get; }

    public TopObjects Newest { get; }

    public TopObjects Oldest { get; }

    /// <summary>Null if the query has no depth.</summary>
    public TreeTally? Tree { get; }

    /// <summary>Null if the query does not request it.</summary>
    public CubeTally? Cube { get; }

    /// <inheritdoc cref="Cube"/>
    public EndingTally? Endings { get; }

    /// <summary>Contains all listed objects, whatever the filters accept; null if the query requests no splits.</summary>
    public KeySplits? Splits { get; }

    /// <summary>Adds the first <paramref name="objects"/> objects of a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="objects">The number of its objects to add.</param>
    /// <param name="remaining">The ranges that remain to be listed after it.</param>
    public void Add(S3Page page, int objects, IReadOnlyList<KeyRange> remaining)
    {
        Splits?.Add(page, objects);
        for (var i = 0; i < objects; i++)
        {
            var entry = page.Object(i);
            if (!_query.Filter.IsActive || _query.Filter.Accepts(entry, _prefixLength))
            {
                Add(entry);
            }
        }

        Tree?.FoldListed(remaining);
    }

    private void Add(ObjectEntry entry)
    {
        var (size, modified) = (entry.Size, entry.LastModified);
        _total.Add(size);
        var storageClass = StorageClasses.Add(entry.StorageClass, size);
        Groups.Add(entry.Key, size);
        Offer(Largest, size, entry, storageClass);
        Offer(Newest, modified.Ticks, entry, storageClass);
        Offer(Oldest, -modified.Ticks, entry, storageClass);

        var age = _ages.Of(modified.Ticks);
        Tree?.Add(entry.Key, size, modified.Ticks, age);
        Cube?.Add(age, storageClass, size);
        Endings?.Add(entry.Key, size);
    }

    private static void Offer(TopObjects top, long rank, ObjectEntry entry, int storageClass)
    {
        if (top.IsCandidate(rank))
        {
            top.Offer(rank, entry.Key, entry.Size, entry.LastModified, storageClass);
        }
    }
}
