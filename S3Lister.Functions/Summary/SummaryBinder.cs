using S3Lister.Functions.Query;

namespace S3Lister.Functions.Summary;

/// <summary>Binds and validates the query of <c>GET /summary</c>.</summary>
internal static class SummaryBinder
{
    private const string Top = "top";
    private const string MaxRequests = "max-requests";
    private const string Splits = "splits";

    /// <summary>The parameters of the route.</summary>
    public static ReadOnlySpan<string> Parameters => Names;

    private static readonly string[] Names =
    [
        ListingParameters.Prefix, ListingParameters.Delimiter, Top, .. BreakdownBinder.Parameters, MaxRequests, Splits,
        ListingParameters.ContinuationToken, .. FilterBinder.Parameters,
    ];

    /// <exception cref="InvalidRequestException">A parameter is invalid. The exception has its name and the rule.</exception>
    public static SummaryQuery Bind(QueryString query) => BreakdownBinder.Bind(query, new(
        ListingParameters.Text(query, ListingParameters.Prefix) ?? "",
        ListingParameters.Text(query, ListingParameters.Delimiter),
        ListingParameters.Number(query, Top, 0, SummaryQuery.MaxTop) ?? SummaryQuery.DefaultTop,
        query[ListingParameters.ContinuationToken])
    {
        MaxRequests = ListingParameters.Number(query, MaxRequests, 1, SummaryQuery.LargestMaxRequests),
        Splits = ListingParameters.Number(query, Splits, 2, SummaryQuery.MaxSplits),
        Filter = FilterBinder.Bind(query),
    });
}
