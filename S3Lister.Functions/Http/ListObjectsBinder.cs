using System.Globalization;
using System.Text;
using S3Lister.Functions.Listing;

namespace S3Lister.Functions.Http;

/// <summary>Binds and validates the query of <c>GET /objects</c>.</summary>
internal static class ListObjectsBinder
{
    public const string Prefix = "prefix";
    public const string Delimiter = "delimiter";
    public const string StartAfter = "start-after";
    private const string MaxKeys = "max-keys";
    public const string ContinuationToken = "continuation-token";

    /// <summary>The parameters that the route has.</summary>
    public static ReadOnlySpan<string> Parameters => Names;

    private static readonly string[] Names =
    [
        Prefix, Delimiter, StartAfter, MaxKeys, ContinuationToken,
        FilterBinder.Include, FilterBinder.Exclude, FilterBinder.MinSize, FilterBinder.MaxSize,
        FilterBinder.ModifiedAfter, FilterBinder.ModifiedBefore, FilterBinder.StorageClass,
    ];

    /// <exception cref="InvalidRequestException">Names the parameter and what would be right.</exception>
    public static ListObjectsQuery Bind(QueryString query)
    {
        var startAfter = Text(query, StartAfter);
        var token = query[ContinuationToken];
        if (startAfter is not null && token is not null)
        {
            throw InvalidRequestException.BadParameter(
                StartAfter, $"{StartAfter} and {ContinuationToken} exclude each other; the token knows where to go on.");
        }

        return new(Text(query, Prefix) ?? "", Text(query, Delimiter), startAfter, Page(query), token)
        {
            Filter = FilterBinder.Bind(query),
        };
    }

    /// <returns>Null when it is absent or empty, which S3 takes for the same.</returns>
    public static string? Text(QueryString query, string name)
    {
        var value = query[name];
        if (value is not null && Encoding.UTF8.GetByteCount(value) > ListObjectsQuery.LongestKey)
        {
            throw InvalidRequestException.BadParameter(
                name, $"{name} must be at most {ListObjectsQuery.LongestKey} bytes of UTF-8, as a key is.");
        }

        return string.IsNullOrEmpty(value) ? null : value;
    }

    private static int Page(QueryString query) => query[MaxKeys] switch
    {
        null => ListObjectsQuery.DefaultPage,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value is >= 1 and <= ListObjectsQuery.LargestPage => value,
        _ => throw InvalidRequestException.BadParameter(
            MaxKeys, $"{MaxKeys} must be a whole number from 1 to {ListObjectsQuery.LargestPage}."),
    };
}
