using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Annotations.APIGateway;
using Amazon.Lambda.Core;
using S3Lister.Functions.Gateway;

namespace S3Lister.Functions.Pipeline;

/// <summary>
/// What each request goes through, whatever its route: a deadline, one mapping of failures, one line in the log and one
/// record of metrics.
/// </summary>
internal sealed class RequestPipeline(MetricsLog metrics, TimeProvider time)
{
    private bool _isCold = true;

    /// <param name="request">The event.</param>
    /// <param name="context">Lambda's context of the invocation.</param>
    /// <param name="handle">Handles the call and renders its result.</param>
    public async Task<IHttpResult> RunAsync(
        APIGatewayHttpApiV2ProxyRequest request, ILambdaContext context, Func<Call, Task<RenderedResult>> handle)
    {
        var started = time.GetTimestamp();
        using var deadline = Deadline.For(context, time);
        Call call = new(new(), default, request.IsHead(), deadline.Token);
        RenderedResult response;
        Exception? failure = null;
        try
        {
            call = call with { Coding = Negotiation.Coding(request.Header("accept-encoding")) };
            response = await handle(call);
        }
#pragma warning disable CA1031 // The generated handler maps no exception to a response.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = exception;
            var problem = Problem.From(exception, deadline.IsCancellationRequested);
            response = call.Render(new ProblemResult(problem, RequestId(request, context)));
        }

        Report(new(request, response.Result, failure, call.Cost, response.Length, time.GetElapsedTime(started), _isCold), context);
        _isCold = false;
        return response;
    }

    /// <summary>The response is ready and goes out, also where standard output is closed or its disk is full.</summary>
    private void Report(RequestRecord summary, ILambdaContext context)
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

    /// <summary>API Gateway's id of the request, which the caller has in <c>apigw-requestid</c> too.</summary>
    private static string RequestId(APIGatewayHttpApiV2ProxyRequest request, ILambdaContext context) =>
        request.RequestContext?.RequestId ?? context.AwsRequestId;
}
