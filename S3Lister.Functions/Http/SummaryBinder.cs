using System.Globalization;
using S3Lister.Functions.Listing;
using S3Lister.Functions.Summary;

namespace S3Lister.Functions.Http;

/// <summary>Binds and validates the query of <c>GET /summary</c>.</summary>
internal static class SummaryBinder
{
    private const string Top = "top";

    /// <summary>The parameters that the route has.</summary>
    public static ReadOnlySpan<string> Parameters => Names;

    private static readonly string[] Names =
    [
        ListObjectsBinder.Prefix, ListObjectsBinder.Delimiter, Top, ListObjectsBinder.ContinuationToken,
        FilterBinder.Include, FilterBinder.Exclude, FilterBinder.MinSize, FilterBinder.MaxSize,
        FilterBinder.ModifiedAfter, FilterBinder.ModifiedBefore, FilterBinder.StorageClass,
    ];

    /// <exception cref="InvalidRequestException">Names the parameter and what would be right.</exception>
    public static SummaryQuery Bind(QueryString query) => new(
        ListObjectsBinder.Text(query, ListObjectsBinder.Prefix) ?? "",
        ListObjectsBinder.Text(query, ListObjectsBinder.Delimiter),
        Number(query),
        query[ListObjectsBinder.ContinuationToken])
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
