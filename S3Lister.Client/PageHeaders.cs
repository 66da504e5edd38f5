using System.Globalization;

namespace S3Lister.Client;

/// <summary>The state of a page whose body is NDJSON or CSV.</summary>
internal static class PageHeaders
{
    /// <returns>Null if a header is missing: the response is not S3Lister's, and cannot be taken for a whole page.</returns>
    public static CopiedPage? Read(HttpResponseMessage response)
    {
        var isTruncated = Find("is-truncated");
        var token = Find("next-continuation-token");
        return Number("key-count") is { } keyCount && Number("scanned") is { } scanned && Number("s3-requests") is { } requests
            && (isTruncated == "false" || (isTruncated == "true" && token is not null))
            ? new(keyCount, isTruncated == "true" ? token : null, scanned, requests)
            : null;

        string? Find(string name) => response.Headers.TryGetValues($"s3lister-{name}", out var values) ? values.First() : null;

        long? Number(string name) =>
            long.TryParse(Find(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
