using S3Lister.Functions.S3;
using S3Lister.Functions.Summary;

namespace S3Lister.Functions.Http;

/// <summary>
/// The largest, newest and oldest objects as JSON. Where not all fit, each list has as many as the others, and a field
/// says that there would be more.
/// </summary>
internal sealed class SummaryLists : IDisposable
{
    private readonly Utf8Buffer[] _lists = [new(), new(), new()];
    private readonly bool _isCut;

    /// <param name="room">Bytes that they may take in the envelope.</param>
    public SummaryLists(Tally tally, int room)
    {
        NamedObject[][] lists = [[.. tally.Largest.InOrder], [.. tally.Newest.InOrder], [.. tally.Oldest.InOrder]];
        for (var place = 0; place < lists[0].Length; place++)
        {
            var starts = Array.ConvertAll(_lists, static list => list.Length);
            for (var list = 0; list < lists.Length; list++)
            {
                Append(_lists[list], lists[list][place], tally.StorageClasses);
                room -= SummaryResult.Weight(_lists[list], starts[list]);
            }

            if (room < 0)
            {
                for (var list = 0; list < lists.Length; list++)
                {
                    _lists[list].CutBack(starts[list]);
                }

                _isCut = true;
                return;
            }
        }
    }

    public void WriteTo(Utf8Buffer body)
    {
        body.Append("\"largest\":["u8);
        body.Append(_lists[0].Written);
        body.Append("],\"newest\":["u8);
        body.Append(_lists[1].Written);
        body.Append("],\"oldest\":["u8);
        body.Append(_lists[2].Written);
        body.Append(_isCut ? "],\"topTruncated\":true"u8 : "],\"topTruncated\":false"u8);
    }

    public void Dispose() => Array.ForEach(_lists, static list => list.Dispose());

    private static void Append(Utf8Buffer json, NamedObject named, StorageClassTally classes)
    {
        json.Append(json.Length == 0 ? "{\"key\":"u8 : ",{\"key\":"u8);
        json.AppendString(named.Key);
        json.Append(",\"size\":"u8);
        json.AppendNumber(named.Size);
        json.Append(",\"lastModified\":\""u8);
        json.Advance(S3Instant.Write(named.LastModified, json.GetSpan(S3Instant.Longest)));
        json.Append("\",\"storageClass\":"u8);
        json.AppendString(classes.Name(named.StorageClass));
        json.Append("}"u8);
    }
}
