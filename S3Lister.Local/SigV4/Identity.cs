namespace S3Lister.Local.SigV4;

/// <summary>A principal that may sign requests: what IAM knows about an access key.</summary>
internal sealed record Identity
{
    public required string AccessKeyId { get; init; }

    public required string SecretAccessKey { get; init; }

    /// <summary>Set for temporary credentials; a request must then carry exactly this token.</summary>
    public string? SessionToken { get; init; }

    public required string AccountId { get; init; }

    /// <summary>The user's ARN, or for an assumed role the ARN of the session.</summary>
    public required string UserArn { get; init; }

    /// <summary>The unique id: <c>AIDA…</c> of a user, <c>AROA…:session-name</c> of an assumed role.</summary>
    public required string UserId { get; init; }

    /// <summary>The organization of the account; none by default.</summary>
    public string? PrincipalOrgId { get; init; }
}
