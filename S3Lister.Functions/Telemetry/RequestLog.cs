using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using S3Lister.Functions.Http;
using S3Lister.Functions.Listing;

namespace S3Lister.Functions.Telemetry;

/// <summary>
/// One line a request, with what an operator asks for. No key, prefix or credential is in it: what the SDK says of a
/// failure may quote S3's answer, so it is logged at Debug only.
/// </summary>
internal static class RequestLog
{
    public static void Write(
        ILambdaLogger logger, APIGatewayHttpApiV2ProxyRequest request, HttpResult result, Exception? failure, TimeSpan elapsed)
    {
        var page = (result as ListObjectsResult)?.Page;
        failure ??= (result as HealthResult)?.Report.Failure;
        var cause = failure is UpstreamException upstream ? $"{upstream.Cause}: {upstream.Message}" : failure?.GetType().Name;

        logger.Log(
            (int)result.StatusCode >= 500 ? LogLevel.Error : LogLevel.Information,
            "{route} {status} {code} {cause} in {milliseconds} ms: {keyCount} keys, {s3Requests} S3 requests, request {gatewayRequestId} of {principal}",
            request.RouteKey, (int)result.StatusCode, result.Code, cause, Math.Round(elapsed.TotalMilliseconds, 1),
            page?.KeyCount, page?.S3Requests, request.RequestContext?.RequestId,
            request.UserArn());

        if (failure is not null && result.StatusCode >= System.Net.HttpStatusCode.InternalServerError)
        {
            logger.LogDebug(failure, "{route} failed", request.RouteKey);
        }
    }
}
