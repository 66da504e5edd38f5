using S3Lister.Functions.S3;

namespace S3Lister.Functions.Listing;

/// <summary>Where a listing's entries go, in the format of the answer.</summary>
internal interface IListingBody
{
    /// <summary>Adds all of a page of S3, or nothing.</summary>
    /// <returns>False when the answer would pass Lambda's limit with it, so that the answer ends before that page.</returns>
    bool TryAppend(S3Page page);
}

/// <summary>What a page is, beside its entries.</summary>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="KeyCount">Objects and common prefixes on the page.</param>
/// <param name="NextContinuationToken">Where the next page begins; null when the listing is complete.</param>
/// <param name="Scanned">Objects and common prefixes that S3 answered.</param>
/// <param name="S3Requests">LIST requests that the page cost, those whose response was too long among them.</param>
/// <param name="EndedBy">What S3 failed of after the entries on the page; null where S3 did not end it.</param>
internal sealed record ListingPage(
    string Bucket, int KeyCount, string? NextContinuationToken, long Scanned, int S3Requests, UpstreamException? EndedBy)
{
    public bool IsTruncated => NextContinuationToken is not null;
}
