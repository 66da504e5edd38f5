using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;

namespace S3Lister.Cli;

/// <summary>
/// A role of a profile. The SDK's own class gets its STS client from a registry whose factory does not learn whose credentials sign,
/// so that it works with reflection only.
/// </summary>
internal sealed class AssumedRole : RefreshingAWSCredentials
{
    private readonly AmazonSecurityTokenServiceClient _sts;
    private readonly AssumeRoleRequest _request;

    private AssumedRole(AmazonSecurityTokenServiceClient sts, AssumeRoleRequest request) => (_sts, _request) = (sts, request);

    /// <returns>The same credentials, with every role in the chain replaced.</returns>
    /// <param name="region">The region of the STS endpoint.</param>
    public static AWSCredentials Replace(AWSCredentials credentials, Amazon.RegionEndpoint region)
    {
        if (credentials is not AssumeRoleAWSCredentials role)
        {
            return credentials;
        }

        if (role.Options.MfaSerialNumber is { Length: > 0 })
        {
            throw new AmazonClientException("the profile needs an MFA code. Export temporary credentials with `aws configure export-credentials`");
        }

#pragma warning disable CA2000 // The credentials dispose of it.
        return new AssumedRole(
            new(Replace(role.SourceCredentials, region), region),
            new() { RoleArn = role.RoleArn, RoleSessionName = role.RoleSessionName, ExternalId = role.Options.ExternalId, DurationSeconds = role.Options.DurationSeconds });
#pragma warning restore CA2000
    }

    protected override CredentialsRefreshState GenerateNewCredentials() => GenerateNewCredentialsAsync().GetAwaiter().GetResult();

    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        var role = (await _sts.AssumeRoleAsync(_request)).Credentials;
        return new(new(role.AccessKeyId, role.SecretAccessKey, role.SessionToken), role.Expiration!.Value.ToUniversalTime());
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _sts.Dispose();
        }

        base.Dispose(disposing);
    }
}
