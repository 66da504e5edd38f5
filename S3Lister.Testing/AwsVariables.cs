namespace S3Lister.Testing;

/// <summary>
/// What the AWS SDK and the AWS CLI find in the environment of this process, from before the first test: variables
/// belong to all tests, so none changes them. Neither credentials nor settings of a person's are used.
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
