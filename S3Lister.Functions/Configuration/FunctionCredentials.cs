using Amazon.Runtime;

namespace S3Lister.Functions.Configuration;

/// <summary>
/// The credentials of the function's role, which Lambda puts into the environment once, when the process starts. The SDK's
/// own credential search also looks for profiles, watches their files, and asks services that a Lambda function does not have.
/// </summary>
internal sealed class FunctionCredentials : AWSCredentials
{
    private readonly ImmutableCredentials _credentials = new EnvironmentVariablesAWSCredentials().GetCredentials();

    public override ImmutableCredentials GetCredentials() => _credentials;
}
