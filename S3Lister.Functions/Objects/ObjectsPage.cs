using S3Lister.Listing.S3;

namespace S3Lister.Functions.Objects;

/// <summary>The state of a page of <c>GET /objects</c>. Its entries are in the <see cref="ListingBody"/>.</summary>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="KeyCount">The number of objects and common prefixes on the page.</param>
/// <param name="NextContinuationToken">The token of the next page; null if the listing is complete.</param>
/// <param name="Scanned">The number of objects and common prefixes that S3 returned.</param>
/// <param name="S3Requests">The number of LIST requests, including those whose response did not fit and was requested again.</param>
/// <param name="EndedBy">The failure of S3 that ended the page; null if S3 did not fail.</param>
internal sealed record ObjectsPage(
    string Bucket, int KeyCount, string? NextContinuationToken, long Scanned, int S3Requests, UpstreamException? EndedBy)
{
    public bool IsTruncated => NextContinuationToken is not null;
}
