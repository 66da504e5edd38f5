namespace S3Lister.Functions.Access;

/// <summary>
/// The identity that grants match: a principal that IAM authorized, or the claims of a token that API Gateway verified,
/// never both.
/// </summary>
internal sealed class Caller
{
    private readonly IDictionary<string, string>? _claims;

    private Caller(string? principal, IDictionary<string, string>? claims) => (Principal, _claims) = (principal, claims);

    /// <summary>
    /// The principal that signed the request. For an assumed role it is the role, because the caller chooses the session's
    /// name; STS reports the role without its path, so the path is missing here too. Null for a caller with a token.
    /// </summary>
    public string? Principal { get; }

    /// <summary>For the log and for the caller: the principal, or the token's client or subject. Null if there is neither.</summary>
    public string? Name => Principal ?? FormatClaim("client_id") ?? FormatClaim("sub");

    /// <param name="userArn">The ARN from API Gateway; null or empty if IAM did not authorize the call.</param>
    /// <param name="claims">The token's claims; null if no token authorized the call.</param>
    public static Caller Of(string? userArn, IDictionary<string, string>? claims) =>
        string.IsNullOrEmpty(userArn) ? new(null, claims) : new(PrincipalOf(userArn), null);

    /// <summary>Whether the token has this claim; of <c>scope</c>, which is a list separated by spaces, one value must match.</summary>
    public bool HasClaim(string name, string value) =>
        _claims is not null && _claims.TryGetValue(name, out var claimed)
        && (name == Grant.Scope ? claimed.Split(' ').Contains(value, StringComparer.Ordinal) : claimed == value);

    private static string PrincipalOf(string userArn) =>

        // arn:PARTITION:sts::ACCOUNT:assumed-role/ROLE/SESSION
        userArn.Split(':', 6) is ["arn", var partition, "sts", "", var account, var resource]
            && resource.Split('/') is ["assumed-role", var role, _]
            ? $"arn:{partition}:iam::{account}:role/{role}"
            : userArn;

    private string? FormatClaim(string claim) =>
        _claims is not null && _claims.TryGetValue(claim, out var value) && value.Length > 0 ? $"{claim}:{value}" : null;
}
