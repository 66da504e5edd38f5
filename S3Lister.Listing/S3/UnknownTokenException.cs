namespace S3Lister.Listing.S3;

/// <summary>S3 does not know the continuation token that a caller sent.</summary>
internal sealed class UnknownTokenException(Exception inner) : Exception("S3 does not know the continuation token.", inner);
