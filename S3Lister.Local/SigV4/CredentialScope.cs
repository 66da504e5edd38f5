using System.Diagnostics.CodeAnalysis;

namespace S3Lister.Local.SigV4;

/// <summary><c>AKIA…/20261123/us-east-1/execute-api/aws4_request</c></summary>
internal sealed record CredentialScope(
    string AccessKeyId, string Date, string Region, string Service, string Terminator)
{
    public const string RequiredTerminator = "aws4_request";

    /// <summary>The scope as in the string to sign.</summary>
    public override string ToString() => $"{Date}/{Region}/{Service}/{Terminator}";

    public static bool TryParse(string? credential, [NotNullWhen(true)] out CredentialScope? scope)
    {
        scope = credential?.Split('/') is [{ Length: > 0 } key, var date, var region, var service, var terminator]
            ? new CredentialScope(key, date, region, service, terminator)
            : null;
        return scope is not null;
    }
}
