using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace S3Lister.Functions.S3;

/// <summary>The one S3 operation that the functions use; it returns the XML document as S3 sent it.</summary>
/// <remarks>An <see cref="IAmazonService"/>, so that <c>AddAWSService</c> can create the client, as it does for <see cref="IAmazonS3"/>.</remarks>
internal interface IListObjectsV2 : IAmazonService
{
    /// <summary>The region that requests are signed for; null where none is known.</summary>
    string? Region { get; }

    /// <exception cref="AmazonS3Exception">S3 returns an error.</exception>
    /// <exception cref="AmazonClientException">The SDK could not send the request.</exception>
    Task<ListObjectsV2Answer> ListObjectsV2Async(ListObjectsV2Request request, CancellationToken cancellationToken);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => S3ClientSettings.CreateDefault();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new ListingClient(awsCredentials, (AmazonS3Config)clientConfig);
}
