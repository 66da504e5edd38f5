using System.Globalization;
using System.Xml.Linq;

namespace S3Lister.Testing;

/// <summary>Parameters of ListObjectsV2. Null is left out of the request.</summary>
internal sealed record ListingQuery(
    string? Prefix = null,
    string? Delimiter = null,
    string? StartAfter = null,
    string? MaxKeys = null,
    string? Token = null,
    string? EncodingType = null,
    string? FetchOwner = null)
{
    public string ToQueryString()
    {
        (string Name, string? Value)[] parameters =
        [
            ("list-type", "2"),
            ("prefix", Prefix),
            ("delimiter", Delimiter),
            ("start-after", StartAfter),
            ("max-keys", MaxKeys),
            ("continuation-token", Token),
            ("encoding-type", EncodingType),
            ("fetch-owner", FetchOwner),
        ];
        return string.Join('&', parameters
            .Where(parameter => parameter.Value is not null)
            .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}"));
    }
}

/// <summary>A response of ListObjectsV2 as in its XML; null for a missing element.</summary>
internal sealed record S3Listing(
    string? Name,
    string? Prefix,
    string? Delimiter,
    string? StartAfter,
    string? ContinuationToken,
    string? NextContinuationToken,
    string? EncodingType,
    int KeyCount,
    int MaxKeys,
    bool IsTruncated,
    IReadOnlyList<ListedObject> Contents,
    IReadOnlyList<string> CommonPrefixes)
{
    public IEnumerable<string> Keys => Contents.Select(listed => listed.Key);

    public static S3Listing Parse(XElement root)
    {
        Assert.Equal("ListBucketResult", root.Name.LocalName);
        return new S3Listing(
            Text(root, "Name"),
            Text(root, "Prefix"),
            Text(root, "Delimiter"),
            Text(root, "StartAfter"),
            Text(root, "ContinuationToken"),
            Text(root, "NextContinuationToken"),
            Text(root, "EncodingType"),
            int.Parse(Text(root, "KeyCount")!, CultureInfo.InvariantCulture),
            int.Parse(Text(root, "MaxKeys")!, CultureInfo.InvariantCulture),
            bool.Parse(Text(root, "IsTruncated")!),
            [.. Children(root, "Contents").Select(ListedObject.Parse)],
            [.. Children(root, "CommonPrefixes").Select(element => Text(element, "Prefix")!)]);
    }

    internal static string? Text(XElement parent, string name) => Children(parent, name).SingleOrDefault()?.Value;

    private static IEnumerable<XElement> Children(XElement parent, string name) =>
        parent.Elements().Where(element => element.Name.LocalName == name);
}

/// <summary>An object of a listing.</summary>
internal sealed record ListedObject(
    string Key,
    string LastModified,
    string ETag,
    long Size,
    string StorageClass,
    string? ChecksumAlgorithm,
    string? ChecksumType,
    string? Owner)
{
    public static ListedObject Parse(XElement element) => new(
        S3Listing.Text(element, "Key")!,
        S3Listing.Text(element, "LastModified")!,
        S3Listing.Text(element, "ETag")!,
        long.Parse(S3Listing.Text(element, "Size")!, CultureInfo.InvariantCulture),
        S3Listing.Text(element, "StorageClass")!,
        S3Listing.Text(element, "ChecksumAlgorithm"),
        S3Listing.Text(element, "ChecksumType"),
        element.Elements().FirstOrDefault(child => child.Name.LocalName == "Owner")?.Elements().First().Value);
}
