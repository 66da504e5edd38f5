using Amazon.Runtime;

namespace S3Lister.Functions.Configuration;

/// <summary>
/// The credentials of the function's role, which Lambda sets in the environment once, before the process starts. The SDK's
/// default credential chain would also search for profiles and call services that a Lambda function does not have.
/// </summary>
internal sealed class FunctionCredentials : AWSCredentials
{
    private readonly ImmutableCredentials _credentials = new EnvironmentVariablesAWSCredentials().GetCredentials();

    public override ImmutableCredentials GetCredentials() => _credentials;
}
