using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.S3;

namespace S3Lister.Functions.S3;

/// <summary>
/// Hands out an answer's bytes, and reads the error that a refusal is. It stands in for the SDK's own, which makes an XML
/// reader for each answer, that a package without any need not carry.
/// </summary>
internal sealed class ListingUnmarshaller : ResponseUnmarshaller
{
    /// <exception cref="AmazonServiceException">S3 sends the caller elsewhere, which the SDK takes for a success.</exception>
    public override AmazonWebServiceResponse Unmarshall(UnmarshallerContext input) =>
        input.ResponseData.StatusCode < HttpStatusCode.Ambiguous
            ? new ListObjectsV2Answer { Body = ((AnswerContext)input).TakeBody() }
            : throw UnmarshallException(input, new HttpErrorResponseException(input.ResponseData), input.ResponseData.StatusCode);

    public override AmazonServiceException UnmarshallException(UnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var error = S3Error.Read(((AnswerContext)input).TakeBody());
        var type = statusCode >= HttpStatusCode.InternalServerError ? ErrorType.Receiver : ErrorType.Sender;
        return new AmazonS3Exception(
            error.Message,
            innerException,
            type,
            error.Code ?? statusCode.ToString(),
            error.RequestId ?? input.ResponseData.GetHeaderValue("x-amz-request-id"),
            statusCode,
            input.ResponseData.GetHeaderValue("x-amz-id-2"),
            null);
    }

    protected override UnmarshallerContext ConstructUnmarshallerContext(
        Stream responseStream, bool maintainResponseBody, IWebResponseData response, bool isException) =>
        new AnswerContext(responseStream, response);

    protected override UnmarshallerContext ConstructUnmarshallerContext(
        Stream responseStream, bool maintainResponseBody, IWebResponseData response, bool isException, IRequestContext requestContext) =>
        new AnswerContext(responseStream, response);
}
