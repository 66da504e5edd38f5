using Amazon.Lambda.Annotations;
using Amazon.Lambda.Annotations.APIGateway;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using S3Lister.Functions.Access;
using S3Lister.Functions.Gateway;
using S3Lister.Functions.Permissions;
using S3Lister.Functions.Pipeline;
using S3Lister.Functions.Query;

namespace S3Lister.Functions;

/// <summary>The route that needs no S3. It is a class of its own, so that its process creates no S3 client and needs no credentials.</summary>
internal sealed class AccessFunctions(RequestPipeline pipeline, AccessRules access, ServiceScope service)
{
    /// <summary><c>GET /access</c>: what the caller may list.</summary>
    [LambdaFunction(ResourceName = "DescribeAccess", MemorySize = 128, Timeout = 10, Role = "@DescribeAccessRole")]
    [HttpApi(LambdaHttpMethod.Get, "/access")]
    public Task<IHttpResult> DescribeAccess(APIGatewayHttpApiV2ProxyRequest request, ILambdaContext context) =>
        pipeline.RunAsync(request, context, call =>
        {
            QueryString.Parse(request.RawQueryString);
            Negotiation.MediaType(request.Header("accept"), MediaTypes.Json);
            return Task.FromResult(call.Render(new AccessResult(request.GetCaller(), access, service)));
        });
}
