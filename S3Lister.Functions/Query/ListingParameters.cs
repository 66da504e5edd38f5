using System.Text;
using S3Lister.Listing.S3;

namespace S3Lister.Functions.Query;

/// <summary>The parameters that the routes share, by the names of S3's ListObjectsV2.</summary>
internal static class ListingParameters
{
    public const string Prefix = "prefix";
    public const string Delimiter = "delimiter";
    public const string StartAfter = "start-after";
    public const string ContinuationToken = "continuation-token";

    /// <returns>The value; null when it is absent or empty, which S3 treats as the same.</returns>
    /// <exception cref="InvalidRequestException">The value is longer than a key.</exception>
    public static string? Text(QueryString query, string name)
    {
        var value = query[name];
        if (value is not null && Encoding.UTF8.GetByteCount(value) > ListingLimits.MaxKeyLength)
        {
            throw InvalidRequestException.BadParameter(
                name, $"{name} must be at most {ListingLimits.MaxKeyLength} bytes of UTF-8, as a key is.");
        }

        return string.IsNullOrEmpty(value) ? null : value;
    }
}
