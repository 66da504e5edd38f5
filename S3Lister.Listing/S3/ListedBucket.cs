namespace S3Lister.Listing.S3;

/// <summary>The bucket to list.</summary>
/// <param name="Name">The name of a general purpose bucket.</param>
/// <param name="ExpectedOwner">The account, 12 digits, that must own the bucket; null to accept any owner.</param>
/// <param name="IsRequesterPays">Whether to pay for the requests of a Requester Pays bucket.</param>
internal sealed record ListedBucket(string Name, string? ExpectedOwner = null, bool IsRequesterPays = false);
