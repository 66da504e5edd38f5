namespace S3Lister.Infrastructure.Tests.Alarms;

/// <summary>Made-up calls by minute, and the metrics that AWS and the filters would write for them.</summary>
internal sealed record Traffic
{
    public Func<int, int> Calls { get; init; } = static _ => 0;

    public Func<int, int> Errors { get; init; } = static _ => 0;

    /// <summary>The metric of the log that counts the errors.</summary>
    public string Cause { get; init; } = "S3Failed";

    /// <summary>The causes that are temporary: a response of 503, for which no deployment rolls back.</summary>
    private bool IsTemporary => Cause is "S3Throttled" or "S3Unavailable";

    public Func<int, double> P99 { get; init; } = static _ => 40;

    public Func<int, int> Slow { get; init; } = static _ => 0;

    public Func<int, int> Throttles { get; init; } = static _ => 0;

    /// <summary>Responses of 403.</summary>
    public Func<int, int> Refused { get; init; } = static _ => 0;

    /// <summary>Responses of 429.</summary>
    public Func<int, int> TooMany { get; init; } = static _ => 0;

    /// <summary>The result of the signed call every minute: 0 for a good response, 1 for a bad one, null if it is not made.</summary>
    public Func<int, int?> Probe { get; init; } = static _ => 0;

    /// <summary>The API with errors and refusals; the others have as many calls and no errors.</summary>
    public string Through { get; init; } = "api123";

    public Func<int, bool> DeploymentStarts { get; init; } = static _ => false;

    /// <summary>API Gateway and Lambda have no datapoint without a call, a filter has none without a log line.</summary>
    public double? At(string metric, int minute)
    {
        var calls = Calls(minute);
        return metric.Split(' ') switch
        {
            ["S3Lister/s3lister", "Deploying"] => DeploymentStarts(minute) ? 1 : null,
            ["AWS/Lambda", "Invocations", "s3lister-probe-Probe"] => Probe(minute) is null ? null : 1,
            ["AWS/Lambda", "Errors", "s3lister-probe-Probe"] => Probe(minute),
            ["AWS/Lambda", "ConcurrentExecutions"] => calls == 0 ? null : 3,
            _ when calls == 0 => null,
            ["AWS/ApiGateway", "Count", ..] => calls,
            ["AWS/ApiGateway", _, var api, ..] when api != Through => 0,
            ["AWS/ApiGateway", "5xx" or "5XXError", ..] => Errors(minute),
            ["AWS/ApiGateway", "4xx" or "4XXError", ..] => Refused(minute) + TooMany(minute),
            ["S3Lister/s3lister", "Failed" or "TokenFailed" or "RestFailed" or "Unavailable" or "TokenUnavailable" or "RestUnavailable"] parts =>
                Through == ApiOf(parts[1]) && IsTemporary == parts[1].EndsWith("Unavailable", StringComparison.Ordinal) ? Errors(minute) : 0,
            ["S3Lister/s3lister", "TooManyRequests"] => TooMany(minute),
            ["AWS/Lambda", "Invocations", "ListObjects" or "s3lister-ListObjects", ..] => calls,
            ["AWS/Lambda", "Duration", "s3lister-ListObjects"] => P99(minute),
            ["AWS/Lambda", "Throttles", "ListObjects" or "s3lister-ListObjects", ..] => Throttles(minute),
            ["S3Lister/s3lister", "ListObjectsFailures"] => IsTemporary ? 0 : Errors(minute),
            ["S3Lister/s3lister", "ListObjectsCalls"] => calls,
            ["S3Lister/s3lister", "ListObjectsSlow"] => Slow(minute),
            ["S3Lister/s3lister", "Denied" or "PrefixNotAllowed"] => Refused(minute),
            ["S3Lister/s3lister", var cause] => cause == Cause ? Errors(minute) : 0,
            ["AWS/S3", "AllRequests", ..] => calls,
            ["AWS/S3", "FirstByteLatency", ..] => 20,
            _ => 0,
        };
    }

    private static string ApiOf(string metric) => metric[0] switch { 'T' => "tokens456", 'R' => "s3lister-edge", _ => "api123" };
}
