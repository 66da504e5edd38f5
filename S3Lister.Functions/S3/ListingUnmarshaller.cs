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
    /// <exception cref="AmazonServiceException">
    /// S3 sends the caller elsewhere, or sent an error document with status 200; the SDK takes both for a success.
    /// </exception>
    public override AmazonWebServiceResponse Unmarshall(UnmarshallerContext input)
    {
        var body = ((AnswerContext)input).TakeBody();
        var status = input.ResponseData.StatusCode;
        return status < HttpStatusCode.Ambiguous && !S3Error.IsError(body)
            ? new ListObjectsV2Answer { Body = body }
            : throw Exception(S3Error.Read(body), input.ResponseData, new HttpErrorResponseException(input.ResponseData), status);
    }

    public override AmazonServiceException UnmarshallException(UnmarshallerContext input, Exception innerException, HttpStatusCode statusCode) =>
        Exception(S3Error.Read(((AnswerContext)input).TakeBody()), input.ResponseData, innerException, statusCode);

    /// <remarks>With the status that belongs to the code, the SDK retries an error that came with status 200 as it should.</remarks>
    private static AmazonS3Exception Exception(S3Error error, IWebResponseData response, Exception innerException, HttpStatusCode sent)
    {
        var statusCode = sent < HttpStatusCode.Ambiguous ? S3Failure.StatusOf(error.Code) ?? sent : sent;
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
        new AnswerContext(responseStream, response);

    protected override UnmarshallerContext ConstructUnmarshallerContext(
        Stream responseStream, bool maintainResponseBody, IWebResponseData response, bool isException, IRequestContext requestContext) =>
        new AnswerContext(responseStream, response);
}
