using System.Text;
using S3Lister.Listing.S3;
using S3Lister.Listing.Xml;

namespace S3Lister.Functions.Summary;

/// <summary>The sums of the listed objects. Its memory is bounded, regardless of their number.</summary>
internal sealed class Tally(SummaryQuery query)
{
    /// <summary>The number of groups to keep, which is also the maximum number of entries on a page of <c>GET /objects</c>.</summary>
    public const int MaxGroups = 10_000;

    private readonly int _prefixLength = Encoding.UTF8.GetByteCount(query.Prefix);
    private Sums _total;

    public Sums Total => _total;

    public StorageClassTally StorageClasses { get; } = new();

    public GroupTally Groups { get; } = new(
        Encoding.UTF8.GetBytes(query.Delimiter ?? ""), Encoding.UTF8.GetByteCount(query.Prefix), MaxGroups);

    public TopObjects Largest { get; } = new(query.Top);

    public TopObjects Newest { get; } = new(query.Top);

    public TopObjects Oldest { get; } = new(query.Top);

    /// <summary>Adds the first <paramref name="objects"/> objects of a page.</summary>
    public void Add(S3Page page, int objects)
    {
        for (var i = 0; i < objects; i++)
        {
            var entry = page.Object(i);
            if (!query.Filter.IsActive || query.Filter.Accepts(entry, _prefixLength))
            {
                Add(entry);
            }
        }
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
    }

    private static void Offer(TopObjects top, long rank, ObjectEntry entry, int storageClass)
    {
        if (top.IsCandidate(rank))
        {
            top.Offer(rank, entry.Key, entry.Size, entry.LastModified, storageClass);
        }
    }
}
