namespace S3Lister.Testing;

/// <summary>
/// Sets the variables of the AWS SDK and the AWS CLI in this process before the first test: all tests share them, so
/// no test changes them. No personal credentials or settings are used.
/// </summary>
public sealed class AwsVariables
{
    public AwsVariables()
    {
        foreach (var (name, value) in ((string, string)[])
        [
            ("AWS_CONFIG_FILE", "/dev/null"),
            ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null"),
            ("AWS_EC2_METADATA_DISABLED", "true"),
            ("AWS_ACCESS_KEY_ID", "testing"),
            ("AWS_SECRET_ACCESS_KEY", "testing"),
            ("AWS_REGION", "us-east-1"),
        ])
        {
            Environment.SetEnvironmentVariable(name, value);
        }

        foreach (var name in (string[])["AWS_PROFILE", "AWS_SESSION_TOKEN"])
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }
}
