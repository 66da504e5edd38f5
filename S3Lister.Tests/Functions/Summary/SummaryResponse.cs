using System.Text.Json;

namespace S3Lister.Tests.Functions.Summary;

/// <summary>The sums in a response of <c>GET /summary</c>.</summary>
internal sealed record SummaryResponse(
    (long Objects, long Bytes) Total,
    SortedDictionary<string, (long Objects, long Bytes)> StorageClasses,
    SortedDictionary<string, (long Objects, long Bytes)> Groups,
    (long Objects, long Bytes) Ungrouped,
    IReadOnlyList<SummaryResponse.Named> Largest,
    IReadOnlyList<SummaryResponse.Named> Newest,
    IReadOnlyList<SummaryResponse.Named> Oldest)
{
    /// <summary>Null if the query does not request it.</summary>
    public Breakdown? Breakdown { get; init; }

    public static SummaryResponse Read(JsonElement json)
    {
        Assert.False(json.GetProperty("groupsTruncated").GetBoolean());
        Assert.False(json.GetProperty("topTruncated").GetBoolean());
        Assert.Equal((0, 0), Sums(json.GetProperty("otherGroups")));
        return new(
            Sums(json), Table(json, "storageClasses", "storageClass"), Table(json, "groups", "commonPrefix"),
            Sums(json.GetProperty("ungrouped")), List(json, "largest"), List(json, "newest"), List(json, "oldest"))
        {
            Breakdown = BreakdownReader.Read(json),
        };
    }

    /// <summary>Follows the tokens to the last response.</summary>
    public static async Task<IReadOnlyList<SummaryResponse>> PartsAsync(ComposedApi api, string query, bool mayThrottle = false)
    {
        List<SummaryResponse> parts = [];
        string? token = null;
        do
        {
            var response = await api.GetSummaryAsync(token is null ? query : $"{query}&continuation-token={token}");
            if (mayThrottle && response.Status == 503)
            {
                continue; // Every request of the call was throttled.
            }

            Assert.True(response.Status == 200, response.Body);
            parts.Add(Read(response.Json));
            token = response.NextToken;
            Assert.Equal(token is null, response.Json.GetProperty("complete").GetBoolean());
        }
        while (token is not null || parts.Count == 0);

        return parts;
    }

    public static SummaryResponse Sum(IReadOnlyList<SummaryResponse> parts, int top) => new(
        (parts.Sum(part => part.Total.Objects), parts.Sum(part => part.Total.Bytes)),
        Merge(parts, part => part.StorageClasses),
        Merge(parts, part => part.Groups),
        (parts.Sum(part => part.Ungrouped.Objects), parts.Sum(part => part.Ungrouped.Bytes)),
        [.. parts.SelectMany(part => part.Largest).OrderByDescending(named => named.Size).ThenBy(named => named.Key, NaiveListing.Utf8Order).Take(top)],
        [.. parts.SelectMany(part => part.Newest).OrderByDescending(named => named.LastModified).ThenBy(named => named.Key, NaiveListing.Utf8Order).Take(top)],
        [.. parts.SelectMany(part => part.Oldest).OrderBy(named => named.LastModified).ThenBy(named => named.Key, NaiveListing.Utf8Order).Take(top)])
    {
        Breakdown = parts.All(part => part.Breakdown is null) ? null : BreakdownReader.Sum(parts.Select(part => part.Breakdown!)),
    };

    private static SortedDictionary<string, (long Objects, long Bytes)> Merge(
        IReadOnlyList<SummaryResponse> parts, Func<SummaryResponse, SortedDictionary<string, (long Objects, long Bytes)>> table) => new(
        parts.SelectMany(part => table(part)).GroupBy(row => row.Key).ToDictionary(
            rows => rows.Key, rows => (rows.Sum(row => row.Value.Objects), rows.Sum(row => row.Value.Bytes))),
        NaiveListing.Utf8Order);

    private static (long Objects, long Bytes) Sums(JsonElement json) =>
        (json.GetProperty("objects").GetInt64(), json.GetProperty("bytes").GetInt64());

    private static SortedDictionary<string, (long Objects, long Bytes)> Table(JsonElement json, string field, string name) => new(
        json.GetProperty(field).EnumerateArray().ToDictionary(row => row.GetProperty(name).GetString()!, Sums), NaiveListing.Utf8Order);

    private static Named[] List(JsonElement json, string field) =>
    [
        .. json.GetProperty(field).EnumerateArray().Select(named => new Named(
            named.GetProperty("key").GetString()!, named.GetProperty("size").GetInt64(),
            named.GetProperty("lastModified").GetDateTimeOffset().ToUnixTimeSeconds(), named.GetProperty("storageClass").GetString()!)),
    ];

    internal sealed record Named(string Key, long Size, long LastModified, string StorageClass);
}
