using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using Amazon.RuntimeDependencies;
using Amazon.SecurityToken;
using Amazon.SSO;
using Amazon.SSOOIDC;

namespace S3Lister.Cli;

/// <summary>Credentials where every AWS tool finds them: environment, profiles, SSO, processes, roles, containers, instances.</summary>
internal static class AwsCredentials
{
    private const string MetadataDisabled = "AWS_EC2_METADATA_DISABLED";

    /// <summary>How long to wait for the instance's metadata. On a laptop nothing responds there.</summary>
    private static readonly TimeSpan MetadataTimeout = TimeSpan.FromSeconds(1);

    // For web identities, which sign nothing; the roles of profiles are AssumedRole.
    // The SDK would find these clients by reflection, which a native binary cannot.
    static AwsCredentials()
    {
        var registry = GlobalRuntimeDependencyRegistry.Instance;
        registry.RegisterSecurityTokenServiceClient(context => new AmazonSecurityTokenServiceClient(
            new AnonymousAWSCredentials(),
            new AmazonSecurityTokenServiceConfig { RegionEndpoint = context.SecurityTokenServiceClientContextData.Region }));
        registry.RegisterSSOClient(context => new AmazonSSOClient(
            new AnonymousAWSCredentials(), new AmazonSSOConfig { RegionEndpoint = context.SSOClientContextData.Region }));
        registry.RegisterSSOOIDCClient(context => new AmazonSSOOIDCClient(
            new AnonymousAWSCredentials(), new AmazonSSOOIDCConfig { RegionEndpoint = context.SSOOIDCClientContextData.Region }));
    }

    /// <summary>Finds credentials and verifies that they can be read.</summary>
    /// <param name="profile">Only this profile; null for the usual search.</param>
    /// <param name="region">The region of the API, where roles are assumed.</param>
    /// <exception cref="CommandException">There are none, or they cannot be read.</exception>
    public static async Task<AWSCredentials> FindAsync(string? profile, string region, CancellationToken cancellationToken)
    {
        try
        {
            var found = profile is null ? await SearchAsync(cancellationToken) : OfProfile(profile);
            var credentials = AssumedRole.Replace(found, RegionEndpoint.GetBySystemName(region));
            await credentials.GetCredentialsAsync();
            return credentials;
        }
        catch (Exception exception) when (exception is AmazonClientException or AmazonServiceException or InvalidOperationException or ArgumentException)
        {
            throw new CommandException(
                ExitCode.Refused,
                $"No credentials: {Failure.Sentence(exception.Message)} Set AWS_PROFILE, or run `aws configure` or `aws sso login`.",
                exception);
        }
    }

    private static AWSCredentials OfProfile(string profile) =>
        new CredentialProfileStoreChain().TryGetAWSCredentials(profile, out var credentials)
            ? credentials
            : throw new CommandException(ExitCode.Refused, $"No credentials: the AWS profile {profile} does not exist. Run `aws configure list-profiles`.");

    /// <summary>Searches everything but the instance first, because that waits.</summary>
    private static async Task<AWSCredentials> SearchAsync(CancellationToken cancellationToken)
    {
        var disabled = Environment.GetEnvironmentVariable(MetadataDisabled);
        Environment.SetEnvironmentVariable(MetadataDisabled, "true");
        try
        {
            return await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync();
        }
        catch (AmazonClientException) when (!string.Equals(disabled, "true", StringComparison.OrdinalIgnoreCase))
        {
            Environment.SetEnvironmentVariable(MetadataDisabled, disabled);
            return await OfInstanceAsync(cancellationToken);
        }
    }

    private static async Task<AWSCredentials> OfInstanceAsync(CancellationToken cancellationToken)
    {
        InstanceProfileAWSCredentials? credentials = null;
        try
        {
            await Task.Run(
                () =>
                {
                    credentials = new();
                    return credentials.GetCredentialsAsync();
                },
                cancellationToken).WaitAsync(MetadataTimeout, cancellationToken);
            return credentials!;
        }
        catch (Exception exception) when (exception is TimeoutException or AmazonClientException or AmazonServiceException or InvalidOperationException)
        {
            throw new AmazonClientException("none are in the environment, in a profile or on this machine", exception);
        }
    }
}
