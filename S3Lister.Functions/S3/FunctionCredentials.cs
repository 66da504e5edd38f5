using Amazon.Runtime;

namespace S3Lister.Functions.S3;

/// <summary>
/// The credentials of the function's role, which Lambda puts into the environment, once for a process. The SDK's own way to
/// them looks for profiles, watches their files, and brings along what finds credentials in places that are no Lambda.
/// </summary>
internal sealed class FunctionCredentials : AWSCredentials
{
    private readonly ImmutableCredentials _credentials = new EnvironmentVariablesAWSCredentials().GetCredentials();

    public override ImmutableCredentials GetCredentials() => _credentials;
}
