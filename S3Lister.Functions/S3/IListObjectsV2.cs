using Amazon.S3.Model;

namespace S3Lister.Functions.S3;

/// <summary>The one operation of S3 that we use, with its answer as the document that S3 sent.</summary>
internal interface IListObjectsV2
{
    /// <summary>The region that requests are signed for; null where none is known.</summary>
    string? Region { get; }

    /// <exception cref="Amazon.S3.AmazonS3Exception">S3 refuses.</exception>
    /// <exception cref="Amazon.Runtime.AmazonClientException">The SDK could not ask.</exception>
    Task<ListObjectsV2Answer> ListObjectsV2Async(ListObjectsV2Request request, CancellationToken cancellationToken);
}
