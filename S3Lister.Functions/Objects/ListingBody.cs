using S3Lister.Functions.Gateway;
using S3Lister.Listing.S3;
using S3Lister.Listing.Text;
using S3Lister.Listing.Xml;

namespace S3Lister.Functions.Objects;

/// <summary>The entries of a page in one of the formats, limited to the size of a response that Lambda accepts.</summary>
internal abstract class ListingBody(string contentType) : IDisposable
{
    /// <summary>Bytes for everything other than entries: status, headers, and the page's fields with prefix, delimiter and token.</summary>
    private const int Reserve = 65_536;

    private const int MaxEntriesLength = HttpResult.LargestResponse - Reserve;

    private int _escapes;

    public string ContentType => contentType;

    /// <summary>Whether the body contains the page's state, such as the token; otherwise headers do.</summary>
    public virtual bool ContainsPageState => false;

    /// <summary>The entries, without common prefixes if the format has a separate list of them.</summary>
    protected Utf8Buffer Entries { get; } = new(64 * 1024);

    /// <summary>The common prefixes, if the format has a separate list of them.</summary>
    protected Utf8Buffer CommonPrefixes { get; } = new(256);

    /// <summary>Creates the body in the format that the caller prefers: JSON, NDJSON or CSV.</summary>
    /// <param name="accept">The <c>Accept</c> header; null if it is missing.</param>
    /// <exception cref="NotAcceptableException">The caller accepts none of the formats.</exception>
    public static ListingBody Create(string? accept) => Negotiation.MediaType(accept, MediaTypes.Json, MediaTypes.Ndjson, MediaTypes.Csv) switch
    {
        0 => new JsonListing(),
        1 => new NdjsonListing(),
        _ => new CsvListing(),
    };

    /// <summary>Appends all entries of a page of S3, or none.</summary>
    /// <returns>False if the response would exceed Lambda's limit with them.</returns>
    public bool TryAppend(S3Page page)
    {
        var (entries, commonPrefixes) = (Entries.Length, CommonPrefixes.Length);
        Append(page);

        // The envelope contains the body as a JSON string, which escapes it once more.
        var escapes = _escapes + JsonText.EscapeOverhead(Entries.Written[entries..])
            + JsonText.EscapeOverhead(CommonPrefixes.Written[commonPrefixes..]);
        if (Entries.Length + CommonPrefixes.Length + escapes > MaxEntriesLength)
        {
            Entries.Truncate(entries);
            CommonPrefixes.Truncate(commonPrefixes);
            return false;
        }

        _escapes = escapes;
        return true;
    }

    public abstract void WriteTo(Utf8Buffer body, ListObjectsQuery query, ObjectsPage page);

    /// <summary>Equal for pages with equal content, even if S3's tokens for the next page differ.</summary>
    public string ETag(bool isTruncated)
    {
        System.IO.Hashing.XxHash128 hash = new();
        hash.Append([isTruncated ? (byte)1 : (byte)0]);
        hash.Append(System.Text.Encoding.ASCII.GetBytes(contentType));
        hash.Append(Entries.Written);
        hash.Append(CommonPrefixes.Written);
        return $"W/\"{Convert.ToHexStringLower(hash.GetCurrentHash())}\"";
    }

    public void Dispose()
    {
        Entries.Dispose();
        CommonPrefixes.Dispose();
    }

    protected abstract void Append(S3Page page);

    protected static void AppendObject(Utf8Buffer json, ObjectEntry entry)
    {
        // One reservation for each object, for its maximum length.
        var text = entry.Key.Length + entry.ETag.Length + entry.StorageClass.Length + entry.ChecksumAlgorithms.Length;
        Utf8Writer target = new(json.GetSpan((text * JsonText.MaxEscapeLength) + 256));
        target.Write("{\"key\":\""u8);
        target.WriteEscaped(entry.Key);
        target.Write("\",\"size\":"u8);
        target.Write(entry.Size);
        target.Write(",\"lastModified\":\""u8);
        target.Write(entry.LastModified);
        target.Write("\",\"eTag\":\""u8);
        target.WriteEscaped(entry.ETag);
        target.Write("\",\"storageClass\":\""u8);
        target.WriteEscaped(entry.StorageClass);
        target.Write("\",\"checksumAlgorithm\":["u8);
        var names = entry.ChecksumAlgorithms;
        for (var isFirst = true; !names.IsEmpty; isFirst = false)
        {
            var length = names.IndexOf((byte)' ') is var space and >= 0 ? space : names.Length;
            target.Write(isFirst ? "\""u8 : ",\""u8);
            target.WriteEscaped(names[..length]);
            target.Write("\""u8);
            names = names[Math.Min(length + 1, names.Length)..];
        }

        target.Write("]}"u8);
        json.Advance(target.Length);
    }
}
