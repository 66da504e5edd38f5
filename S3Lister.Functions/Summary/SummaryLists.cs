using S3Lister.Listing.Tallies;
using S3Lister.Listing.Text;

namespace S3Lister.Functions.Summary;

/// <summary>
/// The largest, newest and oldest objects as JSON. If not all of them fit, all lists are cut to the same number of objects,
/// and <c>topTruncated</c> is true.
/// </summary>
internal sealed class SummaryLists : IDisposable
{
    private readonly Utf8Buffer[] _lists = [new(), new(), new()];
    private readonly bool _isTruncated;

    /// <param name="tally">The sums.</param>
    /// <param name="room">The number of bytes that are available for the lists in the envelope.</param>
    public SummaryLists(Tally tally, int room)
    {
        NamedObject[][] lists = [[.. tally.Largest.InOrder], [.. tally.Newest.InOrder], [.. tally.Oldest.InOrder]];
        for (var place = 0; place < lists[0].Length && !_isTruncated; place++)
        {
            var starts = Array.ConvertAll(_lists, static list => list.Length);
            for (var list = 0; list < lists.Length; list++)
            {
                Append(_lists[list], lists[list][place], tally.StorageClasses);
                room -= JsonText.EscapedLength(_lists[list].Written[starts[list]..]);
            }

            if (room < 0)
            {
                for (var list = 0; list < lists.Length; list++)
                {
                    _lists[list].Truncate(starts[list]);
                }

                _isTruncated = true;
            }
        }
    }

    public void WriteTo(ref JsonWriter json)
    {
        json.Array("largest"u8, _lists[0].Written);
        json.Array("newest"u8, _lists[1].Written);
        json.Array("oldest"u8, _lists[2].Written);
        json.Boolean("topTruncated"u8, _isTruncated);
    }

    public void Dispose() => Array.ForEach(_lists, static list => list.Dispose());

    private static void Append(Utf8Buffer list, NamedObject named, StorageClassTally classes)
    {
        list.Append(list.Length == 0 ? [] : ","u8);
        JsonWriter json = new(list);
        json.StartObject();
        json.String("key"u8, named.Key);
        json.Number("size"u8, named.Size);
        json.Instant("lastModified"u8, named.LastModified);
        json.String("storageClass"u8, classes.Name(named.StorageClass));
        json.EndObject();
    }
}
