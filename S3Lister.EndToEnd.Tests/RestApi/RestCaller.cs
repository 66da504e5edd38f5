namespace S3Lister.EndToEnd.Tests.RestApi;

/// <summary>A caller that the REST API has authorized: by IAM, with an ARN, or by a Cognito authorizer, with claims.</summary>
internal sealed record RestCaller(string? UserArn, IReadOnlyDictionary<string, string>? Claims = null)
{
    /// <summary>Can list everything.</summary>
    public static RestCaller Auditor { get; } = new("arn:aws:iam::123456789012:user/auditor");

    /// <summary>A session of a role that can list <c>team-a/</c>.</summary>
    public static RestCaller TeamA { get; } = new("arn:aws:sts::123456789012:assumed-role/team-a/auditor");

    /// <summary>Can list <c>team-b/</c>.</summary>
    public static RestCaller Client { get; } = Token("client_id", "team-b-client");

    public static RestCaller Token(string claim, string value) =>
        new(null, new Dictionary<string, string> { [claim] = value, ["token_use"] = "access" });

    public const string Grants = """
        [{"principal":"arn:aws:iam::123456789012:user/auditor","prefixes":[""]},
         {"principal":"arn:aws:iam::123456789012:role/team-a","prefixes":["team-a/"]},
         {"claim":{"client_id":"team-b-client"},"prefixes":["team-b/"]}]
        """;
}
