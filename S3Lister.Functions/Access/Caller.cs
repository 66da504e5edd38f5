namespace S3Lister.Functions.Access;

/// <summary>
/// Who calls, as grants name it: a principal that IAM let through, or the claims of a token that API Gateway has verified,
/// never both.
/// </summary>
internal sealed class Caller
{
    private readonly IDictionary<string, string>? _claims;

    private Caller(string? principal, IDictionary<string, string>? claims) => (Principal, _claims) = (principal, claims);

    /// <summary>
    /// The principal behind the ARN of a signed request: for an assumed role the role itself, never the session's name,
    /// which the caller chooses. What STS says of an assumed role has no path, so neither has this. Null for a caller with
    /// a token.
    /// </summary>
    public string? Principal { get; }

    /// <summary>For the log: the principal, or which client the token is of, or whose. Null for nobody.</summary>
    public string? Name => Principal ?? NameBy("client_id") ?? NameBy("sub");

    /// <param name="userArn">As API Gateway gives it; null or empty when IAM did not authorize the call.</param>
    /// <param name="claims">Of the token; null when none authorized the call.</param>
    public static Caller Of(string? userArn, IDictionary<string, string>? claims) =>
        string.IsNullOrEmpty(userArn) ? new(null, claims) : new(PrincipalOf(userArn), null);

    /// <summary>Whether the token says so: the whole value, or of <c>scope</c>, a list with spaces between, one of them.</summary>
    public bool Claims(string name, string value) =>
        _claims is not null && _claims.TryGetValue(name, out var claimed)
        && (name == Grant.Scope ? claimed.Split(' ').Contains(value, StringComparer.Ordinal) : claimed == value);

    private static string PrincipalOf(string userArn) =>

        // arn:PARTITION:sts::ACCOUNT:assumed-role/ROLE/SESSION
        userArn.Split(':', 6) is ["arn", var partition, "sts", "", var account, var resource]
            && resource.Split('/') is ["assumed-role", var role, _]
            ? $"arn:{partition}:iam::{account}:role/{role}"
            : userArn;

    private string? NameBy(string claim) =>
        _claims is not null && _claims.TryGetValue(claim, out var value) && value.Length > 0 ? $"{claim}:{value}" : null;
}
