using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3;
using Amazon.S3.Internal;
using Amazon.S3.Internal.S3Express;
using Amazon.S3.Model;
using Amazon.S3.Model.Internal.MarshallTransformations;

namespace S3Lister.Functions.S3;

/// <summary>
/// The SDK's client, with its marshaller, credentials, signing, endpoints and retries, and an answer of our own: the
/// SDK makes objects and strings of each key, which is nine tenths of what a page costs.
/// </summary>
internal sealed class ListingClient : AmazonS3Client, IListObjectsV2
{
    private static readonly InvokeOptions Options = new()
    {
        RequestMarshaller = ListObjectsV2RequestMarshaller.Instance,
        ResponseUnmarshaller = new ListingUnmarshaller(),
    };

    public ListingClient(AmazonS3Config config)
        : base(config)
    {
    }

    public ListingClient(AWSCredentials credentials, AmazonS3Config config)
        : base(credentials, config)
    {
    }

    public string? Region => Config.AuthenticationRegion ?? Config.RegionEndpoint?.SystemName;

    /// <summary>
    /// Takes out the handlers that have nothing to do here: what is for other operations, for directory buckets and for
    /// events that nobody listens to. Each is a state machine and a generic virtual call on the way of every request,
    /// which the runtime looks up by name the first time.
    /// </summary>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        base.CustomizeRuntimePipeline(pipeline);
        pipeline.RemoveHandler<ErrorCallbackHandler>();
        pipeline.RemoveHandler<CallbackHandler>(); // Before marshalling,
        pipeline.RemoveHandler<CallbackHandler>(); // before the request,
        pipeline.RemoveHandler<CallbackHandler>(); // and after the answer.
        pipeline.RemoveHandler<EndpointDiscoveryHandler>();
        pipeline.RemoveHandler<AmazonS3ExceptionHandler>();
        pipeline.RemoveHandler<AmazonS3KmsHandler>();
        pipeline.RemoveHandler<AmazonS3ResponseHandler>();
        pipeline.RemoveHandler<S3ExpressPreSigner>();
    }

    Task<ListObjectsV2Answer> IListObjectsV2.ListObjectsV2Async(ListObjectsV2Request request, CancellationToken cancellationToken) =>
        InvokeAsync<ListObjectsV2Answer>(request, Options, cancellationToken);
}
