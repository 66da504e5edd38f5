using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Model.Internal.MarshallTransformations;

namespace S3Lister.Listing.S3.Client;

/// <summary>
/// An SDK client for one operation. It uses the SDK's marshaller, endpoint rules, signer, retries and HTTP client, but not
/// its response, whose objects and strings for each key are nine tenths of the cost of a page. The SDK's client for all of
/// S3 also runs handlers for uploads, encryption keys, directory buckets and moved buckets on each request.
/// </summary>
internal sealed class ListingClient(AWSCredentials credentials, AmazonS3Config config)
    : AmazonServiceClient(credentials, config), IListObjectsV2
{
    private static readonly InvokeOptions Options = new()
    {
        RequestMarshaller = ListObjectsV2RequestMarshaller.Instance,
        ResponseUnmarshaller = new ListingUnmarshaller(),
    };

    /// <summary>Set before the base class builds the pipeline, because fields are.</summary>
    private readonly ListingEndpointResolver _endpoints = new();

    /// <summary>The SDK's default settings for S3, with what a <see cref="ListingClient"/> needs.</summary>
    public static AmazonS3Config CreateConfig()
    {
        AmazonS3Config config = new() { HttpClientFactory = new ListingHttpClientFactory(new S3Connector(TimeProvider.System)) };
        config.EndpointProvider = new RememberedEndpoint(config.EndpointProvider);

        // A retry is signed with the time at which it is sent.
        config.ResignRetries = true;

        // Apart from its retries, the SDK immediately sends a request again, up to ten times, if a pooled connection turns
        // out to be dead. A page uses one connection. A summary uses about forty, and retries failed requests itself.
        config.MaxStaleConnectionRetries = 1;
        return config;
    }

    public string? Region => Config.AuthenticationRegion ?? Config.RegionEndpoint?.SystemName;

    public Uri Server(string bucket) =>
        new(Config.EndpointProvider.ResolveEndpoint(_endpoints.Parameters((AmazonS3Config)Config, bucket)).URL);

    Task<ListingResponse> IListObjectsV2.ListObjectsV2Async(ListObjectsV2Request request, CancellationToken cancellationToken) =>
        InvokeAsync<ListingResponse>(request, Options, cancellationToken);

    /// <summary>
    /// Adds S3's endpoint rules to the SDK's pipeline for any service, and removes the handlers that do nothing for a LIST.
    /// Each costs a state machine per request, and a generic virtual call that the runtime looks up by name the first time.
    /// </summary>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        pipeline.ReplaceHandler<EndpointResolver>(_endpoints);
        pipeline.RemoveHandler<ErrorCallbackHandler>();
        pipeline.RemoveHandler<CallbackHandler>(); // Before marshalling,
        pipeline.RemoveHandler<CallbackHandler>(); // before the request,
        pipeline.RemoveHandler<CallbackHandler>(); // and after the response.
        pipeline.RemoveHandler<EndpointDiscoveryHandler>();
        pipeline.RemoveHandler<ChecksumHandler>(); // The request has no body to check,
        pipeline.RemoveHandler<CompressionHandler>(); // and none to compress.
    }
}
