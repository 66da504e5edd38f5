namespace S3Lister.Tests.Contract;

/// <summary>Reads a listing as a caller does, page by page.</summary>
internal static class Walk
{
    /// <param name="api">The API to call.</param>
    /// <param name="query">The listing, without <c>max-keys</c>.</param>
    /// <param name="pageSizes"><c>max-keys</c> of the first page, the second and so on, repeated at the end.</param>
    /// <returns>The entries of each page, in S3's order.</returns>
    public static async Task<List<List<NaiveListing.Entry>>> PagesAsync(ComposedApi api, string query, params IReadOnlyList<int> pageSizes)
    {
        List<List<NaiveListing.Entry>> pages = [];
        string? token = null;
        do
        {
            var size = pageSizes[pages.Count % pageSizes.Count];
            var first = pages.Count == 0 ? query : string.Join('&', query.Split('&').Where(pair => !pair.StartsWith("start-after=", StringComparison.Ordinal)));
            var response = await api.GetObjectsAsync($"{first}&max-keys={size}{(token is null ? "" : $"&continuation-token={token}")}");
            Assert.True(response.Status == 200, response.Body);
            List<NaiveListing.Entry> page =
            [
                .. response.Json.GetProperty("contents").EnumerateArray()
                    .Select(entry => new NaiveListing.Entry(entry.GetProperty("key").GetString()!, false)),
                .. response.Json.GetProperty("commonPrefixes").EnumerateArray()
                    .Select(prefix => new NaiveListing.Entry(prefix.GetString()!, true)),
            ];
            Assert.Equal(page.Count, response.Json.GetProperty("keyCount").GetInt32());
            Assert.InRange(page.Count, 0, size);
            pages.Add([.. page.OrderBy(entry => entry.Name, NaiveListing.Utf8Order)]);
            token = response.NextToken;
            Assert.Equal(token is not null, response.Json.GetProperty("isTruncated").GetBoolean());
        }
        while (token is not null);

        return pages;
    }
}
