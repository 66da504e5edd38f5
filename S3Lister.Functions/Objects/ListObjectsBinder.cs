using S3Lister.Functions.Query;

namespace S3Lister.Functions.Objects;

/// <summary>Binds and validates the query of <c>GET /objects</c>.</summary>
internal static class ListObjectsBinder
{
    private const string MaxKeys = "max-keys";

    /// <summary>The parameters of the route.</summary>
    public static ReadOnlySpan<string> Parameters => Names;

    private static readonly string[] Names =
    [
        ListingParameters.Prefix, ListingParameters.Delimiter, ListingParameters.StartAfter,
        ListingParameters.EndBefore, MaxKeys, ListingParameters.ContinuationToken, .. FilterBinder.Parameters,
    ];

    /// <exception cref="InvalidRequestException">A parameter is invalid. The exception has its name and the rule.</exception>
    public static ListObjectsQuery Bind(QueryString query)
    {
        var startAfter = ListingParameters.Text(query, ListingParameters.StartAfter);
        var token = query[ListingParameters.ContinuationToken];
        if (startAfter is not null && token is not null)
        {
            throw InvalidRequestException.BadParameter(
                ListingParameters.StartAfter,
                $"{ListingParameters.StartAfter} and {ListingParameters.ContinuationToken} cannot be used together.");
        }

        ListObjectsQuery bound = new(
            ListingParameters.Text(query, ListingParameters.Prefix) ?? "",
            ListingParameters.Text(query, ListingParameters.Delimiter),
            startAfter,
            ListingParameters.Number(query, MaxKeys, 1, ListObjectsQuery.MaxPageSize) ?? ListObjectsQuery.DefaultMaxKeys,
            token)
        {
            EndBefore = ListingParameters.Text(query, ListingParameters.EndBefore),
            Filter = FilterBinder.Bind(query),
        };
        return bound.CutsCommonPrefix
            ? throw InvalidRequestException.BadParameter(
                ListingParameters.EndBefore,
                $"{ListingParameters.EndBefore} must not be inside a common prefix, which would be in two ranges: nothing may follow the "
                + $"first {ListingParameters.Delimiter} after the {ListingParameters.Prefix}.")
            : bound;
    }
}
