using S3Lister.Functions.Access;
using S3Lister.Listing.S3;

namespace S3Lister.Functions.Configuration;

/// <summary>The settings of the functions, from environment variables (<see cref="ListerEnvironment"/>).</summary>
internal sealed record ListerOptions
{
    public const int DefaultScanBudget = 100_000;

    public const int DefaultRequestBudget = 100_000;

    public static IReadOnlyList<Grant> DefaultGrants { get; } = [new("*", [""])];

    /// <summary>
    /// <c>S3LISTER_BUCKET</c>, required: the general purpose bucket to list. 3 to 63 characters by S3's naming rules.
    /// Directory buckets, access points and their aliases are refused: they list by other rules.
    /// </summary>
    public string Bucket { get; init; } = "";

    /// <summary>
    /// <c>S3LISTER_EXPECTED_BUCKET_OWNER</c>: the account, 12 digits, that must own the bucket; sent with each request,
    /// so that S3 refuses a bucket that changed hands. Not set: not checked. <c>serverless.template</c> sets it always.
    /// </summary>
    public string? ExpectedBucketOwner { get; init; }

    /// <summary>
    /// <c>S3LISTER_ENDPOINT</c>: an absolute http or https URL without path, query or user, of an S3-compatible store.
    /// Not set: AWS's own endpoint of the function's region.
    /// </summary>
    public Uri? Endpoint { get; init; }

    /// <summary>
    /// <c>S3LISTER_FORCE_PATH_STYLE</c>, <c>true</c> or <c>false</c> (default): the bucket in the URL's path instead of
    /// in the host's name, as most S3-compatible stores want it.
    /// </summary>
    public bool ForcePathStyle { get; init; }

    /// <summary>
    /// <c>S3LISTER_REQUEST_PAYER</c>, <c>true</c> or <c>false</c> (default): pay for the requests of a requester pays
    /// bucket. It spends the money of this service's owner, so no caller decides it.
    /// </summary>
    public bool RequestPayer { get; init; }

    /// <summary>
    /// <c>S3LISTER_SCAN_BUDGET</c>: entries that one call with filters reads of S3 at most before it ends its page,
    /// 1000 to 10,000,000; default 100,000, which is a hundred LIST requests. No call makes more requests than that, or
    /// than ten, with filters or without: S3 may answer pages with nothing on them.
    /// </summary>
    public int ScanBudget { get; init; } = DefaultScanBudget;

    /// <summary>
    /// <c>S3LISTER_REQUEST_BUDGET</c>: LIST requests that one summary makes at most before it ends with a token, 1 to
    /// 1,000,000; default 100,000, which is more than a call has time for. A thousand requests cost half a US cent.
    /// </summary>
    public int RequestBudget { get; init; } = DefaultRequestBudget;

    /// <summary>
    /// <c>S3LISTER_GRANTS</c>: who may list what, as JSON:
    /// <c>[{"principal":"arn:aws:iam::123456789012:role/team-a","prefixes":["team-a/"]}]</c>, or by a token's claims,
    /// <c>[{"claim":{"client_id":"abc"},"prefixes":["team-a/"]}]</c>. Not set: each caller that IAM let through may list
    /// all, and none with a token anything.
    /// </summary>
    public IReadOnlyList<Grant> Grants { get; init; } = DefaultGrants;

    public ListedBucket ListedBucket => new(Bucket, ExpectedBucketOwner, RequestPayer);
}
