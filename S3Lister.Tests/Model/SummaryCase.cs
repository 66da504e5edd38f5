using System.Web;
using S3Lister.Functions.Summary;
using S3Lister.Tests.Functions.Summary;

namespace S3Lister.Tests.Model;

/// <summary>A bucket, a summary of it, and its store.</summary>
/// <param name="Splits"><c>splits</c>; 0 for none.</param>
/// <param name="MaxRequests"><c>max-requests</c> of the first part, the second and so on, repeated at the end; 0 for none.</param>
internal sealed record SummaryCase(
    IReadOnlyList<ModelObject> Objects, string Prefix, string Delimiter, int Top, ModelFilter Filter, int Splits,
    IReadOnlyList<int> MaxRequests, Limits Limits, StoreBehavior Store)
{
    public string Query =>
        $"prefix={Uri.EscapeDataString(Prefix)}&delimiter={Uri.EscapeDataString(Delimiter)}&top={Top}{Filter.Query}&by=ending,cube"
        + (Splits == 0 ? "" : $"&splits={Splits}")
        + (Delimiter.Length == 0 ? "" : $"&depth={Depth}")
        + (Edges.Length == 0 ? "" : $"&modified-edges={string.Join(',', Edges.Select(edge => $"{DateTimeOffset.FromUnixTimeSeconds(edge):yyyy-MM-ddTHH:mm:ssZ}"))}");

    private int Depth => 1 + (Top % SummaryQuery.MaxDepth);

    /// <summary>In seconds since 1970, within the dates of the objects.</summary>
    private long[] Edges => [.. Enumerable.Range(1, Top % 4).Select(number => ModelObject.Epoch.ToUnixTimeSeconds() + (number * 1000))];

    /// <summary>The query of a part, counted from 0.</summary>
    public string PartQuery(int part) => MaxRequests[part % MaxRequests.Count] is var requests and > 0 ? $"{Query}&max-requests={requests}" : Query;

    /// <summary>The largest number of requests of a part that is called with a query.</summary>
    public int RequestLimit(string query) => Math.Min(
        Limits.RequestBudget, int.TryParse(HttpUtility.ParseQueryString(query)["max-requests"], out var requests) ? requests : int.MaxValue);

    /// <summary>Objects that must be listed, with or without a filter.</summary>
    public int Listed => Objects.Count(stored => stored.Key.StartsWith(Prefix, StringComparison.Ordinal));

    public PlainSummary Expected => PlainSummary.Of(
        from stored in Objects
        where stored.Key.StartsWith(Prefix, StringComparison.Ordinal) && Filter.Accepts(stored, stored.Key[Prefix.Length..])
        select stored.Stored,
        Prefix,
        Delimiter);

    public Breakdown Breakdown => PlainBreakdown.Of([.. Expected.Objects.Select(stored => stored.Named)], Prefix, Delimiter, Depth, Edges);

    public override string ToString() =>
        $"{ModelText.Keys(Objects)}, prefix \"{ModelText.Escape(Prefix)}\", delimiter \"{ModelText.Escape(Delimiter)}\", top {Top}, "
        + $"filter {Filter}, splits {Splits}, max-requests [{string.Join(", ", MaxRequests)}], {Limits}, {Store}";
}
