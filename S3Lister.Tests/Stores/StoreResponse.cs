using System.Globalization;
using System.Security;

namespace S3Lister.Tests.Stores;

/// <summary>A response as S3 writes it, for a profile to change. Fields that are null are omitted.</summary>
internal sealed class StoreResponse
{
    public int Status { get; set; } = 200;

    public string ContentType { get; set; } = "application/xml";

    /// <summary>Seconds.</summary>
    public int? RetryAfter { get; set; }

    /// <summary>Replaces the listing.</summary>
    public string? Body { get; set; }

    public string Root { get; set; } = "ListBucketResult";

    public string? Namespace { get; set; } = "http://s3.amazonaws.com/doc/2006-03-01/";

    /// <summary>The fields around the entries, in writing order.</summary>
    public Dictionary<string, string?> Fields { get; } = [];

    public List<StoreEntry> Contents { get; set; } = [];

    public List<string> CommonPrefixes { get; set; } = [];

    /// <summary>The response of S3. The token is the last entry of the page, in hexadecimal digits.</summary>
    public static StoreResponse To(StoreRequest request, IEnumerable<NaiveListing.Entry> entries)
    {
        List<NaiveListing.Entry> all = [.. entries];
        var left = request switch
        {
            { Token: { } token } => all[(all.FindIndex(entry => entry.Name == Name(token)) + 1)..],
            { StartAfter: { } startAfter } => all.FindAll(entry => NaiveListing.Utf8Order.Compare(entry.Name, startAfter) > 0),
            _ => all,
        };
        var page = left.Take(request.MaxKeys).ToList();
        StoreResponse response = new()
        {
            Contents = [.. page.Where(entry => !entry.IsCommonPrefix).Select(entry => StoreBucket.Describe(entry.Name) with { Key = Encode(entry.Name) })],
            CommonPrefixes = [.. page.Where(entry => entry.IsCommonPrefix).Select(entry => Encode(entry.Name))],
        };
        var isTruncated = page.Count < left.Count;
        response.Fields["Name"] = request.Bucket;
        response.Fields["Prefix"] = Encode(request.Prefix);
        response.Fields["Delimiter"] = request.Delimiter.Length == 0 ? null : Encode(request.Delimiter);
        response.Fields["StartAfter"] = request.StartAfter is null ? null : Encode(request.StartAfter);
        response.Fields["ContinuationToken"] = request.Token;
        response.Fields["NextContinuationToken"] = isTruncated ? Token(page[^1].Name) : null;
        response.Fields["KeyCount"] = Text(page.Count);
        response.Fields["MaxKeys"] = Text(request.MaxKeys);
        response.Fields["EncodingType"] = request.IsUrlEncoded ? "url" : null;
        response.Fields["IsTruncated"] = isTruncated ? "true" : "false";
        return response;

        string Encode(string text) => request.IsUrlEncoded ? StoreResponse.Encode(text) : text;
    }

    /// <summary>S3's <c>encoding-type=url</c> encodes everything except letters, digits and a few characters such as <c>/</c>.</summary>
    public static string Encode(string text) => S3Double.Encode(text).Replace("%2F", "/", StringComparison.Ordinal);

    /// <summary>Drops fields that the store does not support.</summary>
    public void Drop(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            Fields[name] = null;
        }
    }

    public void CountEntries() => Fields["KeyCount"] = Text(Contents.Count + CommonPrefixes.Count);

    public void EachObject(Func<StoreEntry, StoreEntry> change) => Contents = [.. Contents.Select(change)];

    public string Write() => Body
        ?? $"""<?xml version="1.0" encoding="UTF-8"?>{"\n"}<{Root}{(Namespace is null ? "" : $" xmlns=\"{Namespace}\"")}>"""
        + string.Concat(Fields.Where(field => field.Value is not null).Select(field => Element(field.Key, field.Value)))
        + string.Concat(Contents.Select(Write))
        + string.Concat(CommonPrefixes.Select(prefix => $"<CommonPrefixes>{Element("Prefix", prefix)}</CommonPrefixes>"))
        + $"</{Root}>";

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Token(string name) => Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(name));

    /// <summary>The entry after which a token continues.</summary>
    public static string Name(string token) => System.Text.Encoding.UTF8.GetString(Convert.FromHexString(token));

    private static string Write(StoreEntry entry) =>
        $"<Contents>{Element("Key", entry.Key)}{Element("LastModified", entry.LastModified)}{Element("ETag", entry.ETag)}"
        + $"{Element("Size", entry.Size)}{entry.Further}{Element("StorageClass", entry.StorageClass)}</Contents>";

    private static string Element(string name, string? value) => value is null ? "" : $"<{name}>{SecurityElement.Escape(value)}</{name}>";
}
