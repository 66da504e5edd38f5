using S3Lister.Local.SigV4;

namespace S3Lister.Local;

/// <summary>
/// Who may call the local API. The keys are fixed, public and worth nothing: no AWS account has them.
/// </summary>
internal static class LocalIdentities
{
    public const string AccountId = "123456789012";

    /// <summary>An IAM user with a long-term access key.</summary>
    public static Identity User { get; } = new()
    {
        AccessKeyId = "AKIALOCALALLEXAMPLE1",
        SecretAccessKey = "local-all/secret-for-this-machine-only-1",
        AccountId = AccountId,
        UserArn = $"arn:aws:iam::{AccountId}:user/local-all",
        UserId = "AIDALOCALALLEXAMPLE1",
    };

    /// <summary>A session of a role: its requests carry the session token.</summary>
    public static Identity Role { get; } = new()
    {
        AccessKeyId = "ASIALOCALTEAMAEXAMP1",
        SecretAccessKey = "team-a/secret-for-this-machine-only-0001",
        SessionToken = "team-a-session-token-for-this-machine-only",
        AccountId = AccountId,
        UserArn = $"arn:aws:sts::{AccountId}:assumed-role/team-a/session",
        UserId = "AROALOCALTEAMAEXAMP1:session",
    };

    /// <summary>What the functions are to the embedded S3: a session of their role, as in Lambda.</summary>
    public static Identity FunctionRole { get; } = new()
    {
        AccessKeyId = "ASIALOCALFUNCTIONEX1",
        SecretAccessKey = "function/secret-for-this-machine-only-01",
        SessionToken = "function-session-token-for-this-machine-only",
        AccountId = AccountId,
        UserArn = $"arn:aws:sts::{AccountId}:assumed-role/s3lister/local",
        UserId = "AROALOCALFUNCTIONEX1:local",
    };

    /// <summary>The user may list everything, the role what is under <c>team-a/</c>.</summary>
    public static string Grants { get; } =
        $$"""
        [{"principal":"{{User.UserArn}}","prefixes":[""]},
         {"principal":"arn:aws:iam::{{AccountId}}:role/team-a","prefixes":["team-a/"]}]
        """;

    /// <summary>Those who may call the API.</summary>
    public static IReadOnlyList<Identity> All { get; } = [User, Role];
}
