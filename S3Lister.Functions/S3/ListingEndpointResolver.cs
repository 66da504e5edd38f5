using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.S3;
using Amazon.S3.Endpoints;
using Amazon.S3.Model;

namespace S3Lister.Functions.S3;

/// <summary>
/// Where a LIST goes, by the SDK's endpoint rules, and who signs it. The SDK's own resolver looks for the request's name
/// among those of all operations, and asks the rules twice.
/// </summary>
internal sealed class ListingEndpointResolver : BaseEndpointResolver
{
    private static readonly S3Signer Signature = new();

    private S3EndpointParameters? _parameters;

    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext)
    {
        var bucket = ((ListObjectsV2Request)requestContext.OriginalRequest).BucketName;
        return _parameters?.Bucket == bucket ? _parameters : _parameters = Parameters((AmazonS3Config)requestContext.ClientConfig, bucket);
    }

    protected override void ServiceSpecificHandler(IExecutionContext executionContext, EndpointParameters parameters)
    {
        executionContext.RequestContext.Signer = Signature;
        executionContext.RequestContext.Identity = executionContext.RequestContext.ExplicitAWSCredentials;
    }

    private static S3EndpointParameters Parameters(AmazonS3Config config, string bucket) => new()
    {
        Bucket = bucket,
        Region = config.RegionEndpoint?.SystemName ?? config.AuthenticationRegion,
        Endpoint = config.ServiceURL,
        ForcePathStyle = config.ForcePathStyle,
        UseFIPS = config.UseFIPSEndpoint,
        UseDualStack = config.UseDualstackEndpoint,
    };
}
