using Amazon.Runtime.Internal.Transform;
using S3Lister.Listing.Text;

namespace S3Lister.Listing.S3.Client;

/// <summary>What the SDK hands to its unmarshallers: here the body alone. It is no reader, so there is no place in it.</summary>
internal sealed class ResponseContext : UnmarshallerContext
{
    private readonly Stream _body;

    public ResponseContext(Stream body, IWebResponseData response)
    {
        _body = body;
        WebResponseData = response;
    }

    public override string CurrentPath => "";

    public override int CurrentDepth => 0;

    public override bool IsStartElement => false;

    public override bool IsEndElement => false;

    public override bool IsStartOfDocument => true;

    /// <summary>The body, which the caller now owns.</summary>
    public ResponseBuffer TakeBody() => ResponseStream.Take(_body);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _body.Dispose();
        }

        base.Dispose(disposing);
    }
}
