namespace S3Lister.Local.RuntimeApi;

/// <summary>https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html</summary>
internal static class LambdaLimits
{
    /// <summary>An event: 6 MB.</summary>
    public const int RequestBytes = 6 * 1024 * 1024;

    /// <summary>A response. The 100 bytes over 6 MB are Lambda's: its own error message names this number.</summary>
    public const int ResponseBytes = RequestBytes + 100;
}
