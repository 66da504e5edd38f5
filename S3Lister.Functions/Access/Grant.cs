namespace S3Lister.Functions.Access;

/// <summary>A rule of who may list what: callers by their principal, or by what their token claims.</summary>
/// <param name="Prefixes">What such a caller may list: prefixes that end in <c>/</c>, or the empty one for all.</param>
internal sealed record Grant(IReadOnlyList<string> Prefixes)
{
    /// <summary>The claim that holds several values, with spaces between (RFC 9068).</summary>
    public const string Scope = "scope";

    public Grant(string principal, IReadOnlyList<string> prefixes)
        : this(prefixes) => Principal = principal;

    /// <summary>
    /// The ARN of an IAM user, a role, an account's root or a federated user, as <see cref="Caller"/> names it; <c>*</c> in
    /// it stands for any run of characters. Null for callers with a token.
    /// </summary>
    public string? Principal { get; init; }

    /// <summary>Claims that the caller's token must have, all of them, to the letter. Null for callers that IAM let through.</summary>
    public IReadOnlyDictionary<string, string>? Claim { get; init; }

    /// <summary>Whether the rule is about that caller.</summary>
    public bool IsFor(Caller caller) => this switch
    {
        { Principal: { } pattern, Claim: null } => caller.Principal is { } principal && PrincipalPattern.Matches(pattern, principal),
        { Principal: null, Claim: { Count: > 0 } claims } => claims.All(claim => caller.Claims(claim.Key, claim.Value)),
        _ => false,
    };

    public bool Covers(string prefix) => Prefixes.Any(granted => prefix.StartsWith(granted, StringComparison.Ordinal));
}
