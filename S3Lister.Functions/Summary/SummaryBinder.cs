using System.Globalization;
using S3Lister.Functions.Query;

namespace S3Lister.Functions.Summary;

/// <summary>Binds and validates the query of <c>GET /summary</c>.</summary>
internal static class SummaryBinder
{
    private const string Top = "top";

    /// <summary>The parameters of the route.</summary>
    public static ReadOnlySpan<string> Parameters => Names;

    private static readonly string[] Names =
    [
        ListingParameters.Prefix, ListingParameters.Delimiter, Top, ListingParameters.ContinuationToken, .. FilterBinder.Parameters,
    ];

    /// <exception cref="InvalidRequestException">A parameter is invalid. The exception has its name and the rule.</exception>
    public static SummaryQuery Bind(QueryString query) => new(
        ListingParameters.Text(query, ListingParameters.Prefix) ?? "",
        ListingParameters.Text(query, ListingParameters.Delimiter),
        ReadTop(query),
        query[ListingParameters.ContinuationToken])
    {
        Filter = FilterBinder.Bind(query),
    };

    private static int ReadTop(QueryString query) => query[Top] switch
    {
        null => SummaryQuery.DefaultTop,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value <= SummaryQuery.MaxTop => value,
        _ => throw InvalidRequestException.BadParameter(Top, $"{Top} must be a whole number from 0 to {SummaryQuery.MaxTop}."),
    };
}
