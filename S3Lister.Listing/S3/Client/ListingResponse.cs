using Amazon.Runtime;
using S3Lister.Listing.Text;

namespace S3Lister.Listing.S3.Client;

/// <summary>S3's answer, nothing of it read yet. Who reads it disposes of the body.</summary>
/// <remarks>The SDK asks for a constructor without parameters, and never calls it.</remarks>
internal sealed class ListingResponse : AmazonWebServiceResponse
{
    public ResponseBuffer Body { get; init; } = ResponseBuffer.Of([]);
}
