using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.S3;
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

    Task<ListObjectsV2Answer> IListObjectsV2.ListObjectsV2Async(ListObjectsV2Request request, CancellationToken cancellationToken) =>
        InvokeAsync<ListObjectsV2Answer>(request, Options, cancellationToken);
}
