using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.S3;
using S3Lister.Listing.Text;
using S3Lister.Listing.Xml;

namespace S3Lister.Listing.S3.Client;

/// <summary>
/// Returns the bytes of a listing, and translates an error document to an exception. The SDK's unmarshallers create an
/// <see cref="System.Xml.XmlReader"/> for each response; without them, none is compiled into the package.
/// </summary>
internal sealed class ListingUnmarshaller : ResponseUnmarshaller
{
    /// <exception cref="AmazonServiceException">
    /// S3 returned a redirect, or an error document with status 200. The SDK treats both as a success.
    /// </exception>
    public override AmazonWebServiceResponse Unmarshall(UnmarshallerContext input)
    {
        var body = ((Context)input).TakeBody();
        var status = input.ResponseData.StatusCode;
        return status < HttpStatusCode.Ambiguous && !ErrorDocument.IsError(body.Written)
            ? new ListingResponse { Body = body }
            : throw CreateException(body, input.ResponseData, new HttpErrorResponseException(input.ResponseData), status);
    }

    public override AmazonServiceException UnmarshallException(UnmarshallerContext input, Exception innerException, HttpStatusCode statusCode) =>
        CreateException(((Context)input).TakeBody(), input.ResponseData, innerException, statusCode);

    /// <summary>
    /// For an error that S3 returned with status 200, the exception has the status that belongs to the error code: the SDK
    /// decides by the status whether to retry.
    /// </summary>
    private static AmazonS3Exception CreateException(Utf8Buffer body, IWebResponseData response, Exception innerException, HttpStatusCode sent)
    {
        using var document = body;
        var error = ErrorDocument.Read(document.Written);
        var statusCode = sent < HttpStatusCode.Ambiguous ? StatusOf(error.Code) ?? sent : sent;
        var type = statusCode >= HttpStatusCode.InternalServerError ? ErrorType.Receiver : ErrorType.Sender;
        return new AmazonS3Exception(
            error.Message,
            innerException,
            type,
            error.Code ?? statusCode.ToString(),
            error.RequestId ?? response.GetHeaderValue("x-amz-request-id"),
            statusCode,
            response.GetHeaderValue("x-amz-id-2"),
            null);
    }

    protected override UnmarshallerContext ConstructUnmarshallerContext(
        Stream responseStream, bool maintainResponseBody, IWebResponseData response, bool isException) =>
        new Context(responseStream, response);

    protected override UnmarshallerContext ConstructUnmarshallerContext(
        Stream responseStream, bool maintainResponseBody, IWebResponseData response, bool isException, IRequestContext requestContext) =>
        new Context(responseStream, response);

    /// <summary>The status that S3 documents for an error code.</summary>
    /// <returns>Null if S3 does not return the code for a LIST.</returns>
    /// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html"/>
    private static HttpStatusCode? StatusOf(string? code) => code switch
    {
        "SlowDown" or "ServiceUnavailable" => HttpStatusCode.ServiceUnavailable,
        "TooManyRequests" => HttpStatusCode.TooManyRequests,
        "InternalError" => HttpStatusCode.InternalServerError,
        "RequestTimeout" or "InvalidArgument" or "ExpiredToken" or "AuthorizationHeaderMalformed" => HttpStatusCode.BadRequest,
        "AccessDenied" or "SignatureDoesNotMatch" or "RequestTimeTooSkewed" or "InvalidAccessKeyId" => HttpStatusCode.Forbidden,
        "NoSuchBucket" => HttpStatusCode.NotFound,
        "PermanentRedirect" => HttpStatusCode.MovedPermanently,
        "TemporaryRedirect" => HttpStatusCode.TemporaryRedirect,
        _ => null,
    };

    /// <summary>
    /// What the SDK passes to its unmarshallers. It holds only the body: nothing is parsed, so it has no position.
    /// </summary>
    private sealed class Context : UnmarshallerContext
    {
        private readonly Stream _body;

        public Context(Stream body, IWebResponseData response)
        {
            _body = body;
            WebResponseData = response;
        }

        public override string CurrentPath => "";

        public override int CurrentDepth => 0;

        public override bool IsStartElement => false;

        public override bool IsEndElement => false;

        public override bool IsStartOfDocument => true;

        /// <summary>Returns the body, which the caller now owns.</summary>
        public Utf8Buffer TakeBody() => Utf8Buffer.TakeFrom(_body);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _body.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
