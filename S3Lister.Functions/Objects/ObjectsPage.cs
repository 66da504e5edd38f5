using S3Lister.Listing.S3;

namespace S3Lister.Functions.Objects;

/// <summary>A page of <c>GET /objects</c>, without its entries, which are in the <see cref="ListingBody"/>.</summary>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="KeyCount">The number of objects and common prefixes on the page.</param>
/// <param name="NextContinuationToken">Where the next page begins; null when the listing is complete.</param>
/// <param name="Scanned">The number of objects and common prefixes that S3 returned.</param>
/// <param name="S3Requests">The number of LIST requests, including those whose response was too long.</param>
/// <param name="EndedBy">The failure of S3 after the entries on the page; null where S3 did not end it.</param>
internal sealed record ObjectsPage(
    string Bucket, int KeyCount, string? NextContinuationToken, long Scanned, int S3Requests, UpstreamException? EndedBy)
{
    public bool IsTruncated => NextContinuationToken is not null;
}
