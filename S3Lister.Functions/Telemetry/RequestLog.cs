using Amazon.Lambda.Core;

namespace S3Lister.Functions.Telemetry;

/// <summary>
/// One line a request, with what an operator asks for. What the SDK says of a failure may quote S3's answer, so it is
/// logged at Debug only.
/// </summary>
internal static class RequestLog
{
    /// <summary>As in API Gateway's own access log. Null would leave the field's name in the text.</summary>
    private const string None = "-";

    private const string Line =
        "{route} {status} {code}: {keyCount} of {scanned} entries, {s3Requests} S3 requests in {s3Milliseconds} ms, {bytes} bytes "
        + "in {milliseconds} ms; request {gatewayRequestId} of {principal}, prefix of {prefixLength} bytes, cold {coldStart}, cause {cause}";

    public static void Write(ILambdaLogger logger, RequestSummary summary)
    {
        var cause = summary.Upstream is { } upstream
            ? $"{upstream.Cause}: {upstream.Message}"
            : summary.Failure?.GetType().Name ?? None;

        logger.Log(
            summary.IsServerError ? LogLevel.Error : LogLevel.Information,
            Line,
            summary.Route, (int)summary.Result.StatusCode, summary.Result.Code ?? None, summary.Listed,
            summary.Cost.Scanned, summary.Cost.Requests, Milliseconds(summary.Cost.Time), summary.Bytes,
            Milliseconds(summary.Elapsed), summary.GatewayRequestId ?? None, summary.Principal ?? None, summary.PrefixLength, summary.IsCold, cause);

        if (summary.IsServerError && (summary.Failure ?? summary.Upstream) is { } failure)
        {
            logger.LogDebug(failure, "{route} failed", summary.Route);
        }
    }

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);
}
