namespace S3Lister.Functions.Permissions;

/// <summary>What the service lists for all callers together, and its limits.</summary>
/// <param name="Bucket">The listed bucket.</param>
/// <param name="Region">The region of the functions, and of the bucket; null outside of Lambda.</param>
/// <param name="ListablePrefixes">The prefixes that the functions' roles may list; the empty prefix is the whole bucket.</param>
/// <param name="ScanBudget">The maximum number of entries that one call with filters reads.</param>
/// <param name="RequestBudget">The maximum number of LIST requests of one summary.</param>
/// <param name="MaxKeys">The maximum number of entries on a page.</param>
/// <param name="Version">The version of the code.</param>
internal sealed record ServiceScope(
    string Bucket, string? Region, IReadOnlyList<string> ListablePrefixes, int ScanBudget, int RequestBudget, int MaxKeys, string Version);
