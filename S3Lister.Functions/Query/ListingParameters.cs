using System.Globalization;
using System.Text;
using S3Lister.Listing.S3;

namespace S3Lister.Functions.Query;

/// <summary>The parameters that several routes have, named as in S3's ListObjectsV2.</summary>
internal static class ListingParameters
{
    public const string Prefix = "prefix";
    public const string Delimiter = "delimiter";
    public const string StartAfter = "start-after";
    public const string EndBefore = "end-before";
    public const string ContinuationToken = "continuation-token";

    /// <returns>The value; null if the parameter is missing or empty, which are the same for S3.</returns>
    /// <exception cref="InvalidRequestException">The value is longer than a key can be.</exception>
    public static string? Text(QueryString query, string name)
    {
        var value = query[name];
        if (value is not null && Encoding.UTF8.GetByteCount(value) > ListingLimits.MaxKeyLength)
        {
            throw InvalidRequestException.BadParameter(
                name, $"{name} must be at most {ListingLimits.MaxKeyLength} bytes of UTF-8, the maximum length of a key.");
        }

        return string.IsNullOrEmpty(value) ? null : value;
    }

    /// <returns>The value; null if the parameter is missing.</returns>
    /// <exception cref="InvalidRequestException">The value is not a whole number in these bounds.</exception>
    public static int? Number(QueryString query, string name, int least, int most) => query[name] switch
    {
        null => null,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most => value,
        _ => throw InvalidRequestException.BadParameter(name, $"{name} must be a whole number from {least} to {most}."),
    };
}
