namespace S3Lister.Functions.Access;

/// <summary>Allows callers, selected by their principal or by the claims of their token, to list prefixes.</summary>
/// <param name="Prefixes">The allowed prefixes. Each ends in <c>/</c>; the empty prefix allows the whole bucket.</param>
internal sealed record Grant(IReadOnlyList<string> Prefixes)
{
    /// <summary>The claim that has several values, separated by spaces (RFC 9068).</summary>
    public const string Scope = "scope";

    public Grant(string principal, IReadOnlyList<string> prefixes)
        : this(prefixes) => Principal = principal;

    /// <summary>
    /// The ARN of an IAM user, a role, an account's root user or a federated user, in the form of
    /// <see cref="Caller.Principal"/>; <c>*</c> matches any number of characters. Null for callers with a token.
    /// </summary>
    public string? Principal { get; init; }

    /// <summary>Claims that the token must have, all of them with exactly these values. Null for callers that IAM authorizes.</summary>
    public IReadOnlyDictionary<string, string>? Claim { get; init; }

    /// <summary>Whether the grant selects this caller.</summary>
    public bool IsFor(Caller caller) => this switch
    {
        { Principal: { } pattern, Claim: null } => caller.Principal is { } principal && PrincipalPattern.Matches(pattern, principal),
        { Principal: null, Claim: { Count: > 0 } claims } => claims.All(claim => caller.HasClaim(claim.Key, claim.Value)),
        _ => false,
    };

    public bool Covers(string prefix) => Prefixes.Any(granted => prefix.StartsWith(granted, StringComparison.Ordinal));
}
