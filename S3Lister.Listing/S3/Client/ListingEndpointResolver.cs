using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;
using Amazon.S3;
using Amazon.S3.Endpoints;
using Amazon.S3.Model;

namespace S3Lister.Listing.S3.Client;

/// <summary>
/// Chooses the endpoint of a LIST by the SDK's endpoint rules, and its signer. The SDK's own resolver searches the request's
/// name among those of all operations, and evaluates the rules twice.
/// </summary>
internal sealed class ListingEndpointResolver : BaseEndpointResolver
{
    private static readonly S3Signer Signer = new();

    private S3EndpointParameters? _parameters;

    /// <summary>The same instance for the same bucket, for which <see cref="RememberedEndpoint"/> evaluates the rules once.</summary>
    public S3EndpointParameters Parameters(AmazonS3Config config, string bucket) => _parameters?.Bucket == bucket ? _parameters : _parameters = new()
    {
        Bucket = bucket,
        Region = config.RegionEndpoint?.SystemName ?? config.AuthenticationRegion,
        Endpoint = config.ServiceURL,
        ForcePathStyle = config.ForcePathStyle,
        UseFIPS = config.UseFIPSEndpoint,
        UseDualStack = config.UseDualstackEndpoint,
    };

    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext) =>
        Parameters((AmazonS3Config)requestContext.ClientConfig, ((ListObjectsV2Request)requestContext.OriginalRequest).BucketName);

    protected override void ServiceSpecificHandler(IExecutionContext executionContext, EndpointParameters parameters)
    {
        executionContext.RequestContext.Signer = Signer;
        executionContext.RequestContext.Identity = executionContext.RequestContext.ExplicitAWSCredentials;
    }
}

/// <summary>
/// The SDK's endpoint rules, evaluated once: <see cref="ListingEndpointResolver"/> passes the same instance of the
/// parameters for the same bucket.
/// </summary>
internal sealed class RememberedEndpoint(IEndpointProvider rules) : IEndpointProvider
{
    /// <summary>A single reference, so that parallel requests see both values or neither.</summary>
    private Resolved? _last;

    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        var last = _last;
        if (last?.Parameters != parameters)
        {
            _last = last = new(parameters, rules.ResolveEndpoint(parameters));
        }

        return last.Endpoint;
    }

    private sealed record Resolved(EndpointParameters Parameters, Endpoint Endpoint);
}
