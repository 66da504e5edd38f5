namespace S3Lister.Infrastructure.Tests.Templates;

/// <summary>Values for the parameters that have no default, and those that switch options on.</summary>
internal static class Options
{
    public static IReadOnlyDictionary<string, string> AllOn { get; } = new Dictionary<string, string>
    {
        ["ServiceStackName"] = "s3lister",
        ["ApiId"] = "api123",
        ["ListObjectsFunction"] = "ListObjects",
        ["SummaryFunction"] = "Summary",
        ["HealthFunction"] = "Health",
        ["ListObjectsLogGroupName"] = "/s3lister/s3lister/ListObjects",
        ["SummaryLogGroupName"] = "/s3lister/s3lister/Summary",
        ["HealthLogGroupName"] = "/s3lister/s3lister/Health",
        ["AccessLogGroupName"] = "/aws/vendedlogs/s3lister/s3lister/access",
        ["Bucket"] = "example-bucket",
        ["RequestMetricsFilter"] = "EntireBucket",
        ["ProbeFunction"] = "Probe",
        ["ApiUrl"] = "https://api123.execute-api.eu-central-1.amazonaws.com",
        ["TokenApiId"] = "tokens456",
        ["TokenApiAccessLogGroupName"] = "/aws/vendedlogs/s3lister/s3lister/tokens",
        ["RestApiName"] = "s3lister-edge",
        ["RestApiAccessLogGroupName"] = "/aws/vendedlogs/s3lister/s3lister-edge/access",
        ["ConcurrencyLimit"] = "1000",
        ["NoTrafficPeriods"] = "6",
        ["Email"] = "team@example.com",
        ["SlackWorkspaceId"] = "T01234567",
        ["SlackChannelId"] = "C01234567",
        ["TeamsTeamId"] = "01234567-89ab-cdef-0123-456789abcdef",
        ["TeamsTenantId"] = "01234567-89ab-cdef-0123-456789abcdef",
        ["TeamsChannelId"] = "19%3aabc%40thread.tacv2",
        ["LogAnomalies"] = "true",
        ["ApplicationSignals"] = "true",
    };
}
