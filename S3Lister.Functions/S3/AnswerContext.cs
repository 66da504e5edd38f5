using Amazon.Runtime.Internal.Transform;

namespace S3Lister.Functions.S3;

/// <summary>What the SDK hands to its unmarshallers: here the body alone. It is no reader, so there is no place in it.</summary>
internal sealed class AnswerContext : UnmarshallerContext
{
    private readonly Stream _body;

    public AnswerContext(Stream body, IWebResponseData response)
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
    public AnswerBody TakeBody() => BodyStream.Take(_body);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _body.Dispose();
        }

        base.Dispose(disposing);
    }
}
