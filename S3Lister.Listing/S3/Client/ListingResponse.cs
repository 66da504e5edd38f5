using Amazon.Runtime;
using S3Lister.Listing.Text;

namespace S3Lister.Listing.S3.Client;

/// <summary>S3's response before it is parsed. The caller disposes of the body.</summary>
internal sealed class ListingResponse : AmazonWebServiceResponse
{
    /// <summary>Never null: the SDK requires a constructor without parameters, but does not call it.</summary>
    public Utf8Buffer Body { get; init; } = null!;
}
