using Amazon.Lambda.Annotations.APIGateway;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using S3Lister.Functions.Formats;
using S3Lister.Functions.Telemetry;

namespace S3Lister.Functions.Http;

/// <summary>What each request goes through, whatever its route: a deadline, one mapping of failures, one line in the log.</summary>
internal sealed class RequestPipeline(TimeProvider time)
{
    /// <param name="handle">Answers the request before the token, our own deadline, ends.</param>
    public async Task<IHttpResult> RunAsync(
        APIGatewayHttpApiV2ProxyRequest request, ILambdaContext context, Func<CancellationToken, Task<HttpResult>> handle)
    {
        var started = time.GetTimestamp();
        using var deadline = Deadline.For(context, time);
        HttpResult result;
        Exception? failure = null;
        try
        {
            result = await handle(deadline.Token);
        }
#pragma warning disable CA1031 // An exception that leaves here leaves the generated handler too: nothing maps it for us.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = exception;
            result = new ProblemResult(
                Problem.From(exception, deadline.IsCancellationRequested), RequestId(request, context));
        }

        result.Coding = Negotiation.Coding(request.Header("accept-encoding"));
        result.IsHead = request.IsHead();
        RequestLog.Write(context.Logger, request, result, failure, time.GetElapsedTime(started));
        return result;
    }

    /// <summary>API Gateway's id of the request, which the caller has in <c>apigw-requestid</c> too.</summary>
    private static string RequestId(APIGatewayHttpApiV2ProxyRequest request, ILambdaContext context) =>
        request.RequestContext?.RequestId ?? context.AwsRequestId;
}
