using Amazon.Lambda.Annotations.APIGateway;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using S3Lister.Functions.Formats;
using S3Lister.Functions.S3;
using S3Lister.Functions.Telemetry;

namespace S3Lister.Functions.Http;

/// <summary>
/// What each request goes through, whatever its route: a deadline, one mapping of failures, one line in the log and one
/// record of metrics.
/// </summary>
internal sealed class RequestPipeline(MetricsLog metrics, TimeProvider time)
{
    private bool _isCold = true;

    /// <param name="handle">Answers the request before the token, our own deadline, ends.</param>
    public async Task<IHttpResult> RunAsync(
        APIGatewayHttpApiV2ProxyRequest request, ILambdaContext context, Func<S3Cost, CancellationToken, Task<HttpResult>> handle)
    {
        var started = time.GetTimestamp();
        using var deadline = Deadline.For(context, time);
        S3Cost cost = new();
        AcceptedCoding coding = default;
        HttpResult result;
        Exception? failure = null;
        long bytes;
        try
        {
            coding = Negotiation.Coding(request.Header("accept-encoding"));
            result = await handle(cost, deadline.Token);
            bytes = Render(result, coding, request);
        }
#pragma warning disable CA1031 // An exception that leaves here leaves the generated handler too: nothing maps it for us.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = exception;
            result = new ProblemResult(
                Problem.From(exception, deadline.IsCancellationRequested), RequestId(request, context));
            bytes = Render(result, coding, request);
        }

        RequestSummary summary = new(request, result, failure, cost, bytes, time.GetElapsedTime(started), _isCold);
        Report(summary, context);
        _isCold = false;
        return result;
    }

    /// <summary>The response is ready and goes out, also where standard output is closed or its disk is full.</summary>
    private void Report(RequestSummary summary, ILambdaContext context)
    {
        Attempt(() => RequestLog.Write(context.Logger, summary));
        Attempt(() => metrics.Write(summary));

        static void Attempt(Action write)
        {
            try
            {
                write();
            }
#pragma warning disable CA1031 // Whatever a logger throws: there is nowhere left to say it.
            catch (Exception)
#pragma warning restore CA1031
            {
                // The next request tries again.
            }
        }
    }

    private static long Render(HttpResult result, AcceptedCoding coding, APIGatewayHttpApiV2ProxyRequest request)
    {
        result.Coding = coding;
        result.IsHead = request.IsHead();
        return result.Render().Length;
    }

    /// <summary>API Gateway's id of the request, which the caller has in <c>apigw-requestid</c> too.</summary>
    private static string RequestId(APIGatewayHttpApiV2ProxyRequest request, ILambdaContext context) =>
        request.RequestContext?.RequestId ?? context.AwsRequestId;
}
