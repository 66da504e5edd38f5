using S3Lister.Listing.S3;

namespace S3Lister.Functions.Summary;

/// <summary>How much is under a prefix, or in the part of it that one call came to.</summary>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="Tally">The sums.</param>
/// <param name="NextContinuationToken">What is left; null when nothing is.</param>
/// <param name="Scanned">Objects listed, each once, filtered ones among them.</param>
/// <param name="S3Requests">LIST requests that it cost.</param>
/// <param name="EndedBy">What S3 failed of before everything was summed; null where S3 did not end it.</param>
internal sealed record PrefixSummary(
    string Bucket, Tally Tally, string? NextContinuationToken, long Scanned, int S3Requests, UpstreamException? EndedBy)
{
    public bool IsComplete => NextContinuationToken is null;

    /// <summary>What as many objects cost a listing from page to page.</summary>
    public long S3RequestsMinimum => long.Max(1, (Scanned + ListingLimits.MaxKeys - 1) / ListingLimits.MaxKeys);
}
