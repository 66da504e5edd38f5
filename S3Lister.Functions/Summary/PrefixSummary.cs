using S3Lister.Listing.S3;

namespace S3Lister.Functions.Summary;

/// <summary>The sums of the objects under a prefix, or of the part that one call has listed.</summary>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="Tally">The sums.</param>
/// <param name="NextContinuationToken">The token for the remaining objects; null if there are none.</param>
/// <param name="Scanned">The number of objects listed, including those that the filters exclude.</param>
/// <param name="S3Requests">The number of LIST requests.</param>
/// <param name="EndedBy">The failure of S3 that ended the call early; null if S3 did not fail.</param>
internal sealed record PrefixSummary(
    string Bucket, Tally Tally, string? NextContinuationToken, long Scanned, int S3Requests, UpstreamException? EndedBy)
{
    public bool IsComplete => NextContinuationToken is null;

    /// <summary>The number of LIST requests of a sequential listing of the same objects.</summary>
    public long S3RequestsMinimum => long.Max(1, (Scanned + ListingLimits.MaxKeys - 1) / ListingLimits.MaxKeys);
}
