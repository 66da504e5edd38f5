using System.Globalization;
using S3Lister.Functions.Query;

namespace S3Lister.Functions.Summary;

/// <summary>Binds and validates the query of <c>GET /summary</c>.</summary>
internal static class SummaryBinder
{
    private const string Top = "top";

    /// <summary>The parameters that the route has.</summary>
    public static ReadOnlySpan<string> Parameters => Names;

    private static readonly string[] Names =
    [
        ListingParameters.Prefix, ListingParameters.Delimiter, Top, ListingParameters.ContinuationToken, .. FilterBinder.Parameters,
    ];

    /// <exception cref="InvalidRequestException">Names the parameter and what would be right.</exception>
    public static SummaryQuery Bind(QueryString query) => new(
        ListingParameters.Text(query, ListingParameters.Prefix) ?? "",
        ListingParameters.Text(query, ListingParameters.Delimiter),
        Number(query),
        query[ListingParameters.ContinuationToken])
    {
        Filter = FilterBinder.Bind(query),
    };

    private static int Number(QueryString query) => query[Top] switch
    {
        null => SummaryQuery.DefaultTop,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value <= SummaryQuery.LargestTop => value,
        _ => throw InvalidRequestException.BadParameter(Top, $"{Top} must be a whole number from 0 to {SummaryQuery.LargestTop}."),
    };
}
