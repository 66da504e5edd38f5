namespace S3Lister.Tests.Contract;

/// <summary>Reads a listing as its callers do: page by page, until nothing follows.</summary>
internal static class Walk
{
    /// <param name="api">What to ask.</param>
    /// <param name="query">The listing, without <c>max-keys</c>.</param>
    /// <param name="pageSizes"><c>max-keys</c> of the first page, the second and so on; over again when they are used up.</param>
    /// <returns>The entries of each page in S3's one order.</returns>
    public static async Task<List<List<NaiveListing.Entry>>> PagesAsync(ComposedApi api, string query, params IReadOnlyList<int> pageSizes)
    {
        List<List<NaiveListing.Entry>> pages = [];
        string? token = null;
        do
        {
            var size = pageSizes[pages.Count % pageSizes.Count];
            var first = pages.Count == 0 ? query : string.Join('&', query.Split('&').Where(pair => !pair.StartsWith("start-after=", StringComparison.Ordinal)));
            var answer = await api.GetObjectsAsync($"{first}&max-keys={size}{(token is null ? "" : $"&continuation-token={token}")}");
            Assert.True(answer.Status == 200, answer.Body);
            List<NaiveListing.Entry> page =
            [
                .. answer.Json.GetProperty("contents").EnumerateArray()
                    .Select(entry => new NaiveListing.Entry(entry.GetProperty("key").GetString()!, false)),
                .. answer.Json.GetProperty("commonPrefixes").EnumerateArray()
                    .Select(prefix => new NaiveListing.Entry(prefix.GetString()!, true)),
            ];
            Assert.Equal(page.Count, answer.Json.GetProperty("keyCount").GetInt32());
            Assert.InRange(page.Count, 0, size);
            pages.Add([.. page.OrderBy(entry => entry.Name, NaiveListing.Utf8Order)]);
            token = answer.Json.GetProperty("nextContinuationToken").GetString();
            Assert.Equal(token is not null, answer.Json.GetProperty("isTruncated").GetBoolean());
        }
        while (token is not null);

        return pages;
    }
}
