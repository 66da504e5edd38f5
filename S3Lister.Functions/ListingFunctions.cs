using Amazon.Lambda.Annotations;
using Amazon.Lambda.Annotations.APIGateway;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using S3Lister.Functions.Access;
using S3Lister.Functions.Formats;
using S3Lister.Functions.Health;
using S3Lister.Functions.Http;
using S3Lister.Functions.Listing;
using S3Lister.Functions.Summary;

namespace S3Lister.Functions;

/// <summary>The routes of the API. Each method binds, makes one call and returns a result.</summary>
/// <remarks>
/// The generated handler makes one instance a process, before the first event, so that what is wrong with the
/// configuration fails initialization and not a caller's request.
/// </remarks>
internal sealed class ListingFunctions(
    RequestPipeline pipeline, AccessRules access, BucketLister lister, Summarizer summarizer, HealthCheck health)
{
    /// <summary><c>GET /objects</c>: one page of the objects in the bucket.</summary>
    [LambdaFunction(ResourceName = "ListObjects", MemorySize = 256, Timeout = 29, Role = "@ListObjectsRole")]
    [HttpApi(LambdaHttpMethod.Get, "/objects")]
    public Task<IHttpResult> ListObjects(APIGatewayHttpApiV2ProxyRequest request, ILambdaContext context) =>
        pipeline.RunAsync(request, context, async (cost, deadline) =>
        {
            var parameters = QueryString.Parse(request.RawQueryString, ListObjectsBinder.Parameters);
            var query = ListObjectsBinder.Bind(parameters);
            access.Require(request.Caller(), query.Prefix);
            var body = Negotiation.Format(request.Header("accept"));
            var page = await lister.ListAsync(query, body, cost, deadline);
            return ListObjectsResult.Create(parameters, query, page, body, request.Header("if-none-match"));
        });

    /// <summary><c>GET /summary</c>: how much is under a prefix.</summary>
    [LambdaFunction(ResourceName = "Summary", MemorySize = 1769, Timeout = 29, Role = "@SummaryRole")]
    [HttpApi(LambdaHttpMethod.Get, "/summary")]
    public Task<IHttpResult> Summary(APIGatewayHttpApiV2ProxyRequest request, ILambdaContext context) =>
        pipeline.RunAsync(request, context, async (cost, deadline) =>
        {
            var parameters = QueryString.Parse(request.RawQueryString, SummaryBinder.Parameters);
            var query = SummaryBinder.Bind(parameters);
            access.Require(request.Caller(), query.Prefix);
            Negotiation.RequireJson(request.Header("accept"));
            var summary = await summarizer.SummarizeAsync(query, cost, deadline);
            return SummaryResult.Create(parameters, query, summary);
        });

    /// <summary><c>GET /health</c>: whether the bucket can be listed, asked of S3.</summary>
    [LambdaFunction(ResourceName = "Health", MemorySize = 128, Timeout = 10, Role = "@HealthRole")]
    [HttpApi(LambdaHttpMethod.Get, "/health")]
    public Task<IHttpResult> Health(APIGatewayHttpApiV2ProxyRequest request, ILambdaContext context) =>
        pipeline.RunAsync(request, context, async (cost, deadline) =>
        {
            QueryString.Parse(request.RawQueryString);
            return new HealthResult(await health.CheckAsync(cost, deadline));
        });
}
