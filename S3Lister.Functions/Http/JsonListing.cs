using System.Globalization;
using S3Lister.Functions.Listing;

namespace S3Lister.Functions.Http;

/// <summary>A listing's entries as JSON, kept under what Lambda takes as a response.</summary>
internal sealed class JsonListing : IListingBody, IDisposable
{
    /// <summary>For all that is not an entry: status, headers, the page's own fields with prefix, delimiter and token.</summary>
    private const int Reserve = 65_536;

    private const int LargestEntries = HttpResult.LargestResponse - Reserve;

    private readonly Utf8Buffer _contents = new(64 * 1024);
    private readonly Utf8Buffer _commonPrefixes = new();
    private int _escapes;

    public bool TryAppend(S3Page page)
    {
        var (contents, commonPrefixes) = (_contents.Length, _commonPrefixes.Length);

        foreach (var entry in page.Contents)
        {
            Append(_contents, entry);
        }

        foreach (var commonPrefix in page.CommonPrefixes)
        {
            _commonPrefixes.Append(_commonPrefixes.Length == 0 ? [] : ","u8);
            _commonPrefixes.AppendString(commonPrefix);
        }

        // The envelope holds all of this in a string, and escapes it once more.
        var escapes = _escapes + JsonText.EscapesIn(_contents.Written[contents..])
            + JsonText.EscapesIn(_commonPrefixes.Written[commonPrefixes..]);
        if (_contents.Length + _commonPrefixes.Length + escapes > LargestEntries)
        {
            _contents.CutBack(contents);
            _commonPrefixes.CutBack(commonPrefixes);
            return false;
        }

        _escapes = escapes;
        return true;
    }

    public void WriteTo(Utf8Buffer body)
    {
        body.Append("\"contents\":["u8);
        body.Append(_contents.Written);
        body.Append("],\"commonPrefixes\":["u8);
        body.Append(_commonPrefixes.Written);
        body.Append("]"u8);
    }

    public void Dispose()
    {
        _contents.Dispose();
        _commonPrefixes.Dispose();
    }

    private static void Append(Utf8Buffer json, in ObjectEntry entry)
    {
        json.Append(json.Length == 0 ? "{\"key\":"u8 : ",{\"key\":"u8);
        json.AppendString(entry.Key);
        json.Append(",\"size\":"u8);
        json.AppendNumber(entry.Size);
        json.Append(",\"lastModified\":\""u8);
        AppendInstant(json, entry.LastModified);
        json.Append("\",\"eTag\":"u8);
        json.AppendString(entry.ETag);
        json.Append(",\"storageClass\":"u8);
        json.AppendString(entry.StorageClass);
        json.Append(",\"checksumAlgorithm\":["u8);
        for (var i = 0; i < entry.ChecksumAlgorithm.Count; i++)
        {
            json.Append(i == 0 ? [] : ","u8);
            json.AppendString(entry.ChecksumAlgorithm[i]);
        }

        json.Append("]}"u8);
    }

    /// <summary>RFC 3339 in UTC; S3 itself has whole seconds, some compatible stores have fractions.</summary>
    private static void AppendInstant(Utf8Buffer json, DateTime instant)
    {
        var format = instant.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";
        instant.TryFormat(json.GetSpan(32), out var written, format, CultureInfo.InvariantCulture);
        json.Advance(written);
    }
}
