namespace S3Lister.Functions.Access;

/// <summary>Who calls, as grants name it.</summary>
internal static class Caller
{
    /// <summary>
    /// The principal behind an ARN of a signed request: for an assumed role the role itself, never the session's name,
    /// which the caller chooses. What STS says of an assumed role has no path, so neither has this.
    /// </summary>
    /// <param name="userArn">As API Gateway gives it; null when IAM did not authorize the call.</param>
    public static string? Principal(string? userArn)
    {
        // arn:PARTITION:sts::ACCOUNT:assumed-role/ROLE/SESSION
        if (userArn?.Split(':', 6) is ["arn", var partition, "sts", "", var account, var resource]
            && resource.Split('/') is ["assumed-role", var role, _])
        {
            return $"arn:{partition}:iam::{account}:role/{role}";
        }

        return string.IsNullOrEmpty(userArn) ? null : userArn;
    }
}
