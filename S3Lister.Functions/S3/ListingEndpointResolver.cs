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

    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext)
    {
        var config = (AmazonS3Config)requestContext.ClientConfig;
        return new S3EndpointParameters
        {
            Bucket = ((ListObjectsV2Request)requestContext.OriginalRequest).BucketName,
            Region = config.RegionEndpoint?.SystemName ?? config.AuthenticationRegion,
            Endpoint = config.ServiceURL,
            ForcePathStyle = config.ForcePathStyle,
            UseFIPS = config.UseFIPSEndpoint,
            UseDualStack = config.UseDualstackEndpoint,
        };
    }

    protected override void ServiceSpecificHandler(IExecutionContext executionContext, EndpointParameters parameters)
    {
        executionContext.RequestContext.Signer = Signature;
        executionContext.RequestContext.Identity = executionContext.RequestContext.ExplicitAWSCredentials;
    }
}
