using S3Lister.Functions.Access;

namespace S3Lister.Functions.Configuration;

/// <summary>Validates the settings. Reports all violations at once, each with the variable and the rule.</summary>
internal static class ListerOptionsValidator
{
    private const int SmallestScanBudget = 1000;
    private const int LargestScanBudget = 10_000_000;
    private const int LargestRequestBudget = 1_000_000;

    /// <returns>The violations; empty if all settings are valid.</returns>
    public static IReadOnlyList<string> Validate(ListerOptions options)
    {
        List<string> failures = [];

        if (BucketName.FindViolation(options.Bucket) is { } reason)
        {
            failures.Add($"{ListerEnvironment.Bucket} {reason}.");
        }

        if (options.ExpectedBucketOwner is { } owner && (owner.Length != 12 || owner.AsSpan().ContainsAnyExceptInRange('0', '9')))
        {
            failures.Add($"{ListerEnvironment.ExpectedBucketOwner} must be an account ID of 12 digits.");
        }

        if (options.Endpoint is { } endpoint && !IsOrigin(endpoint))
        {
            failures.Add($"{ListerEnvironment.Endpoint} must be an http or https URL without user, path or query.");
        }

        if (options.TrustedRoots is not (TrustedRoots.Amazon or TrustedRoots.System) && !TrustedRoots.HasCertificates(options.TrustedRoots))
        {
            failures.Add(
                $"{ListerEnvironment.TrustedRoots} must be {TrustedRoots.Amazon}, {TrustedRoots.System} or the path of a PEM file with certificates that can be read.");
        }

        if (options.ScanBudget is < SmallestScanBudget or > LargestScanBudget)
        {
            failures.Add($"{ListerEnvironment.ScanBudget} must be a whole number from {SmallestScanBudget} to {LargestScanBudget}.");
        }

        if (options.RequestBudget is < 1 or > LargestRequestBudget)
        {
            failures.Add($"{ListerEnvironment.RequestBudget} must be a whole number from 1 to {LargestRequestBudget}.");
        }

        for (var i = 0; i < options.Grants.Count; i++)
        {
            if (FindViolation(options.Grants[i]) is { } rule)
            {
                failures.Add($"{ListerEnvironment.Grants}: grant {i + 1} {rule}.");
            }
        }

        if (options.ListablePrefixes is not [""] && !options.ListablePrefixes.All(IsListable))
        {
            failures.Add($"{ListerEnvironment.ListablePrefixes} must be prefixes separated by commas, each with / at its end and without *, ? and $.");
        }

        return failures;
    }

    private static string? FindViolation(Grant grant) => grant switch
    {
        { Principal: null, Claim: null } or { Principal: not null, Claim: not null } =>
            "must have either a principal or a claim",
        { Principal: { } principal } when principal != "*" && !principal.StartsWith("arn:", StringComparison.Ordinal) =>
            "must have a principal that is * or begins with arn:",
        { Principal: { } principal } when principal.Contains(":assumed-role/", StringComparison.Ordinal) =>
            "must have the role as principal (arn:aws:iam::ACCOUNT:role/NAME), not a session of the role",
        { Claim: { } claims } when FindViolation(claims) is { } rule => rule,
        { Prefixes.Count: 0 } => "must have at least one prefix; the empty prefix is the whole bucket",
        _ when grant.Prefixes.Any(prefix => prefix is null || (prefix.Length > 0 && !prefix.EndsWith('/'))) =>
            "must have prefixes that end in / or are empty; team-a would also allow team-abc",
        _ => null,
    };

    private static string? FindViolation(IReadOnlyDictionary<string, string> claims) => claims switch
    {
        { Count: 0 } => "must name at least one claim, such as client_id",
        _ when claims.Any(claim => string.IsNullOrWhiteSpace(claim.Key) || string.IsNullOrWhiteSpace(claim.Value)) =>
            "must have a name and a value for each claim",
        _ when claims.Values.Any(value => value.Contains('*', StringComparison.Ordinal)) =>
            "must have claims without *, because claims are compared exactly",
        _ when claims.TryGetValue(Grant.Scope, out var scope) && scope.Contains(' ', StringComparison.Ordinal) =>
            "must name one scope, because a token's scopes are compared one at a time",
        _ => null,
    };

    /// <summary>The characters have special meanings in the condition of the roles' policies.</summary>
    private static bool IsListable(string prefix) => prefix.EndsWith('/') && !prefix.AsSpan().ContainsAny("*?$");

    private static bool IsOrigin(Uri uri) =>
        (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri is { UserInfo: "", PathAndQuery: "/", Fragment: "" };
}
