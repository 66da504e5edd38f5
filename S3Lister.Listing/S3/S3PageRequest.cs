namespace S3Lister.Listing.S3;

/// <summary>A page to request from S3.</summary>
/// <param name="Prefix">The prefix of all keys; empty for any key.</param>
/// <param name="Delimiter">Groups keys into common prefixes; null for none.</param>
/// <param name="StartAfter">The key or text after which keys are listed; null for none. Not sent with a token.</param>
/// <param name="Token">S3's own token; null for the first page.</param>
/// <param name="After">The last entry of the page before, after which the token continues; empty for none.</param>
/// <param name="MaxKeys">1 to <see cref="ListingLimits.MaxKeys"/>.</param>
/// <param name="IsTokenFromCaller">Whether a caller sent S3's token, so that S3 may not know it.</param>
internal readonly record struct S3PageRequest(
    string Prefix, string? Delimiter, string? StartAfter, string? Token, ReadOnlyMemory<byte> After, int MaxKeys, bool IsTokenFromCaller = false);
