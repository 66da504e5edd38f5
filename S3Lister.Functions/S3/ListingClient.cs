using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Model.Internal.MarshallTransformations;

namespace S3Lister.Functions.S3;

/// <summary>
/// A client of the SDK for one operation: its marshaller, endpoint rules, signature, retries and HTTP, and an answer of our
/// own. The SDK makes objects and strings of each key, which is nine tenths of what a page costs, and its client for all of
/// S3 has handlers for uploads, keys, directory buckets and moved buckets in the way of each request.
/// </summary>
internal sealed class ListingClient(AWSCredentials credentials, AmazonS3Config config)
    : AmazonServiceClient(credentials, config), IListObjectsV2
{
    private static readonly InvokeOptions Options = new()
    {
        RequestMarshaller = ListObjectsV2RequestMarshaller.Instance,
        ResponseUnmarshaller = new ListingUnmarshaller(),
    };

    public string? Region => Config.AuthenticationRegion ?? Config.RegionEndpoint?.SystemName;

    Task<ListObjectsV2Answer> IListObjectsV2.ListObjectsV2Async(ListObjectsV2Request request, CancellationToken cancellationToken) =>
        InvokeAsync<ListObjectsV2Answer>(request, Options, cancellationToken);

    /// <summary>
    /// Puts S3's endpoint rules into the SDK's pipeline for any service, and takes out what has nothing to do in it: each
    /// handler is a state machine a request, and a generic virtual call that the runtime looks up by name the first time.
    /// </summary>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.ReplaceHandler<EndpointResolver>(new ListingEndpointResolver());
        pipeline.RemoveHandler<ErrorCallbackHandler>();
        pipeline.RemoveHandler<CallbackHandler>(); // Before marshalling,
        pipeline.RemoveHandler<CallbackHandler>(); // before the request,
        pipeline.RemoveHandler<CallbackHandler>(); // and after the answer.
        pipeline.RemoveHandler<EndpointDiscoveryHandler>();
        pipeline.RemoveHandler<ChecksumHandler>(); // There is no body to sum,
        pipeline.RemoveHandler<CompressionHandler>(); // and none to compress.
    }
}
