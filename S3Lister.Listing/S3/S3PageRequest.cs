namespace S3Lister.Listing.S3;

/// <summary>Which page to ask S3 for.</summary>
/// <param name="Prefix">Keys that begin with it; empty for all.</param>
/// <param name="Delimiter">Groups keys into common prefixes; null for none.</param>
/// <param name="StartAfter">Keys after it; null for none. Not sent where there is a token.</param>
/// <param name="Token">S3's own token; null for the first page.</param>
/// <param name="After">The last entry of the page before, which the token goes on from; empty for none.</param>
/// <param name="MaxKeys">1 to <see cref="ListingLimits.MaxKeys"/>.</param>
/// <param name="IsTokenFromCaller">Whether a caller brought S3's token, so that it need not be one that S3 knows.</param>
internal readonly record struct S3PageRequest(
    string Prefix, string? Delimiter, string? StartAfter, string? Token, ReadOnlyMemory<byte> After, int MaxKeys, bool IsTokenFromCaller = false);
