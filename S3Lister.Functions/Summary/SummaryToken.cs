using S3Lister.Functions.Query;
using S3Lister.Listing.Ranges;

namespace S3Lister.Functions.Summary;

/// <summary>
/// The token of an incomplete summary: the remaining ranges, valid only for its query (<see cref="SealedToken"/>).
/// </summary>
internal static class SummaryToken
{
    private const byte Version = 3;

    public static string Encode(string bucket, SummaryQuery query, IReadOnlyList<KeyRange> ranges) =>
        SealedToken.Seal(Version, bucket, query.Prefix, query.Delimiter, query.Filter, RangeEncoding.Encode(ranges));

    /// <exception cref="InvalidRequestException">The token does not belong to this query.</exception>
    public static IReadOnlyList<KeyRange> Decode(string bucket, SummaryQuery query, string token)
    {
        var content = SealedToken.Open(Version, bucket, query.Prefix, query.Delimiter, query.Filter, token);
        try
        {
            return RangeEncoding.Decode(content, query.MaxKeyLength);
        }
        catch (FormatException)
        {
            // Anyone can compute the digest: it is not a signature.
            throw InvalidRequestException.ContinuationToken();
        }
    }
}
