using Amazon.Lambda.Annotations.APIGateway;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using S3Lister.Functions.Gateway;
using S3Lister.Listing.S3.Client;

namespace S3Lister.Functions.Pipeline;

/// <summary>
/// Runs the requests of all routes with a deadline, maps exceptions to problems, and writes one log line and one metrics
/// record for each request.
/// </summary>
/// <param name="metrics">Where the metrics are written.</param>
/// <param name="connector">Counts the connections to S3.</param>
/// <param name="time">The clock.</param>
internal sealed class RequestPipeline(MetricsLog metrics, S3Connector connector, TimeProvider time)
{
    private bool _isCold = true;

    /// <param name="request">API Gateway's event.</param>
    /// <param name="context">The context of the invocation.</param>
    /// <param name="handle">Handles the call and renders its result.</param>
    public async Task<IHttpResult> RunAsync(
        APIGatewayHttpApiV2ProxyRequest request, ILambdaContext context, Func<Call, Task<RenderedResult>> handle)
    {
        var (started, connections) = (time.GetTimestamp(), connector.Opened);
        using var deadline = Deadline.For(context, time);
        Call call = new(new(), default, request.IsHead(), deadline.Token);
        RenderedResult response;
        Exception? failure = null;
        try
        {
            call = call with { Coding = Negotiation.Coding(request.Header("accept-encoding")) };
            response = await handle(call);
        }
#pragma warning disable CA1031 // Each exception becomes a response; the generated handler has no mapping.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = exception;
            var problem = Problem.From(exception, deadline.IsCancellationRequested);
            response = call.Render(new ProblemResult(problem, RequestId(request, context)));
        }

        Report(new(request, response.Result, failure, call.Cost, connector.Opened - connections, response.Length, time.GetElapsedTime(started), _isCold), context);
        _isCold = false;
        return response;
    }

    /// <summary>Logging failures, such as a closed standard output or a full disk, do not affect the response.</summary>
    private void Report(RequestRecord record, ILambdaContext context)
    {
        Attempt(() => RequestLog.Write(context.Logger, record));
        Attempt(() => metrics.Write(record));

        static void Attempt(Action write)
        {
            try
            {
                write();
            }
#pragma warning disable CA1031 // A failure of the log cannot be logged.
            catch (Exception)
#pragma warning restore CA1031
            {
                // The next request logs again.
            }
        }
    }

    /// <summary>API Gateway's id of the request, which is also in the response's <c>apigw-requestid</c> header.</summary>
    private static string RequestId(APIGatewayHttpApiV2ProxyRequest request, ILambdaContext context) =>
        request.RequestContext?.RequestId ?? context.AwsRequestId;
}
