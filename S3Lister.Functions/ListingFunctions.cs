using Amazon.Lambda.Annotations;
using Amazon.Lambda.Annotations.APIGateway;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using S3Lister.Functions.Access;
using S3Lister.Functions.Gateway;
using S3Lister.Functions.Health;
using S3Lister.Functions.Objects;
using S3Lister.Functions.Pipeline;
using S3Lister.Functions.Query;
using S3Lister.Functions.Summary;

namespace S3Lister.Functions;

/// <summary>The routes that list the bucket. Each method binds the query, checks access, calls one service and renders its result.</summary>
/// <remarks>
/// The generated handler creates one instance in each process, before the first event. Therefore an invalid configuration
/// fails initialization and not a caller's request.
/// </remarks>
internal sealed class ListingFunctions(
    RequestPipeline pipeline, AccessRules access, BucketLister lister, Summarizer summarizer, HealthCheck health)
{
    /// <summary><c>GET /objects</c>: one page of the objects in the bucket.</summary>
    [LambdaFunction(ResourceName = "ListObjects", MemorySize = 256, Timeout = 29, Role = "@ListObjectsRole")]
    [HttpApi(LambdaHttpMethod.Get, "/objects")]
    public Task<IHttpResult> ListObjects(APIGatewayHttpApiV2ProxyRequest request, ILambdaContext context) =>
        pipeline.RunAsync(request, context, async call =>
        {
            var parameters = QueryString.Parse(request.RawQueryString, ListObjectsBinder.Parameters);
            var query = ListObjectsBinder.Bind(parameters);
            access.Require(request.GetCaller(), query.Prefix);
            using var entries = ListingBody.Create(request.Header("accept"));
            var page = await lister.ListAsync(query, entries, call.Cost, call.Deadline);
            return call.Render(ListObjectsResult.Create(parameters, query, page, entries, request.Header("if-none-match")));
        });

    /// <summary><c>GET /summary</c>: the number and size of the objects under a prefix.</summary>
    [LambdaFunction(ResourceName = "Summary", MemorySize = 1769, Timeout = 29, Role = "@SummaryRole")]
    [HttpApi(LambdaHttpMethod.Get, "/summary")]
    public Task<IHttpResult> Summary(APIGatewayHttpApiV2ProxyRequest request, ILambdaContext context) =>
        pipeline.RunAsync(request, context, async call =>
        {
            var parameters = QueryString.Parse(request.RawQueryString, SummaryBinder.Parameters);
            var query = SummaryBinder.Bind(parameters);
            access.Require(request.GetCaller(), query.Prefix);
            var format = Negotiation.MediaType(request.Header("accept"), SummaryResult.Formats(query));
            var summary = await summarizer.SummarizeAsync(query, call.Cost, call.Deadline);
            return call.Render(SummaryResult.Create(format, parameters, query, summary));
        });

    /// <summary><c>GET /health</c>: whether the bucket can be listed.</summary>
    [LambdaFunction(ResourceName = "Health", MemorySize = 128, Timeout = 10, Role = "@HealthRole")]
    [HttpApi(LambdaHttpMethod.Get, "/health")]
    public Task<IHttpResult> Health(APIGatewayHttpApiV2ProxyRequest request, ILambdaContext context) =>
        pipeline.RunAsync(request, context, async call =>
        {
            QueryString.Parse(request.RawQueryString);
            return call.Render(new HealthResult(await health.CheckAsync(call.Cost, call.Deadline)));
        });
}
