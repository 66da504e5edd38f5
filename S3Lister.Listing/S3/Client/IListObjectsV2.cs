using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace S3Lister.Listing.S3.Client;

/// <summary>The one S3 operation that the functions use; it returns the XML document as S3 sent it.</summary>
/// <remarks>An <see cref="IAmazonService"/>, so that <c>AddAWSService</c> can create the client, as it does for <see cref="IAmazonS3"/>.</remarks>
internal interface IListObjectsV2 : IAmazonService
{
    /// <summary>The region that requests are signed for; null if unknown.</summary>
    string? Region { get; }

    /// <summary>The URL of the server that a bucket's requests are sent to.</summary>
    /// <exception cref="AmazonClientException">The SDK's rules have no server for this bucket and the settings.</exception>
    Uri Server(string bucket);

    /// <exception cref="AmazonS3Exception">S3 returns an error.</exception>
    /// <exception cref="AmazonClientException">The SDK could not send the request.</exception>
    Task<ListingResponse> ListObjectsV2Async(ListObjectsV2Request request, CancellationToken cancellationToken);

    static ClientConfig IAmazonService.CreateDefaultClientConfig() => ListingClient.CreateConfig();

    static IAmazonService IAmazonService.CreateDefaultServiceClient(AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new ListingClient(awsCredentials, (AmazonS3Config)clientConfig);
}
