using S3Lister.Functions.Access;
using S3Lister.Listing.S3;

namespace S3Lister.Functions.Configuration;

/// <summary>The settings of the functions, from environment variables (<see cref="ListerEnvironment"/>).</summary>
internal sealed record ListerOptions
{
    public const int DefaultScanBudget = 100_000;

    public const int DefaultRequestBudget = 100_000;

    public static IReadOnlyList<string> WholeBucket { get; } = [""];

    public static IReadOnlyList<Grant> DefaultGrants { get; } = [new("*", WholeBucket)];

    /// <summary>
    /// <c>S3LISTER_BUCKET</c>, required: the general purpose bucket to list. 3 to 63 characters by S3's naming rules.
    /// Directory buckets, access points and their aliases are rejected: their listings follow other rules.
    /// </summary>
    public string Bucket { get; init; } = "";

    /// <summary>
    /// <c>S3LISTER_EXPECTED_BUCKET_OWNER</c>: the account ID, 12 digits, that must own the bucket. It is sent with each
    /// request, so that S3 denies access if the owner has changed. Not set: not checked. <c>serverless.template</c> always
    /// sets it.
    /// </summary>
    public string? ExpectedBucketOwner { get; init; }

    /// <summary>
    /// <c>S3LISTER_ENDPOINT</c>: an absolute http or https URL without path, query or user, of an S3-compatible store.
    /// Not set: the AWS endpoint of the function's region.
    /// </summary>
    public Uri? Endpoint { get; init; }

    /// <summary>
    /// <c>S3LISTER_FORCE_PATH_STYLE</c>, <c>true</c> or <c>false</c> (default): whether the bucket is in the URL's path
    /// instead of the host name, as most S3-compatible stores require.
    /// </summary>
    public bool ForcePathStyle { get; init; }

    /// <summary>
    /// <c>S3LISTER_REQUEST_PAYER</c>, <c>true</c> or <c>false</c> (default): whether to pay for requests to a Requester Pays
    /// bucket. The owner of this service pays, so it is a setting and not a parameter.
    /// </summary>
    public bool RequestPayer { get; init; }

    /// <summary>
    /// <c>S3LISTER_SCAN_BUDGET</c>: the maximum number of entries that one call with filters reads from S3 before it ends
    /// its page, 1000 to 10,000,000; default 100,000, which is a hundred LIST requests. With or without filters, no call
    /// sends more LIST requests than that, or than ten if that is more: S3 may return empty pages.
    /// </summary>
    public int ScanBudget { get; init; } = DefaultScanBudget;

    /// <summary>
    /// <c>S3LISTER_REQUEST_BUDGET</c>: the maximum number of LIST requests that one call of a summary sends before it ends
    /// with a token, 1 to 1,000,000; default 100,000, more than a call has time for. A thousand requests cost half a US cent.
    /// </summary>
    public int RequestBudget { get; init; } = DefaultRequestBudget;

    /// <summary>
    /// <c>S3LISTER_GRANTS</c>: who may list what, as JSON:
    /// <c>[{"principal":"arn:aws:iam::123456789012:role/team-a","prefixes":["team-a/"]}]</c>, or by a token's claims,
    /// <c>[{"claim":{"client_id":"abc"},"prefixes":["team-a/"]}]</c>. Not set: each caller that IAM authorizes may list
    /// everything, and callers with a token nothing.
    /// </summary>
    public IReadOnlyList<Grant> Grants { get; init; } = DefaultGrants;

    /// <summary>
    /// <c>S3LISTER_LISTABLE_PREFIXES</c>: the prefixes that the functions' roles may list, separated by commas. Each ends in
    /// <c>/</c>. Not set: the whole bucket. The roles' policies enforce it; the functions only report it.
    /// </summary>
    public IReadOnlyList<string> ListablePrefixes { get; init; } = WholeBucket;

    /// <summary>
    /// <c>S3LISTER_TRUSTED_ROOTS</c>: the certificate authorities that the process trusts: <c>amazon</c> (default), those of
    /// Amazon Trust Services for S3 in the partition "aws"; <c>system</c>, those of the operating system; or the path of a PEM
    /// file. Outside Linux, always those of the operating system.
    /// </summary>
    public string TrustedRoots { get; init; } = Configuration.TrustedRoots.Amazon;

    /// <summary>
    /// <c>S3LISTER_PRIMING</c>, <c>true</c> (default) or <c>false</c>: whether initialization prepares the first request.
    /// </summary>
    public bool Priming { get; init; } = true;

    public ListedBucket ListedBucket => new(Bucket, ExpectedBucketOwner, RequestPayer);
}
