using System.Net;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.S3;
using S3Lister.Listing.Xml;

namespace S3Lister.Listing.S3.Client;

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
        var body = ((ResponseContext)input).TakeBody();
        var status = input.ResponseData.StatusCode;
        return status < HttpStatusCode.Ambiguous && !ErrorDocument.IsError(body)
            ? new ListingResponse { Body = body }
            : throw Exception(ErrorDocument.Read(body), input.ResponseData, new HttpErrorResponseException(input.ResponseData), status);
    }

    public override AmazonServiceException UnmarshallException(UnmarshallerContext input, Exception innerException, HttpStatusCode statusCode) =>
        Exception(ErrorDocument.Read(((ResponseContext)input).TakeBody()), input.ResponseData, innerException, statusCode);

    /// <remarks>With the status that belongs to the code, the SDK retries an error that came with status 200 as it should.</remarks>
    private static AmazonS3Exception Exception(ErrorDocument error, IWebResponseData response, Exception innerException, HttpStatusCode sent)
    {
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
        new ResponseContext(responseStream, response);

    protected override UnmarshallerContext ConstructUnmarshallerContext(
        Stream responseStream, bool maintainResponseBody, IWebResponseData response, bool isException, IRequestContext requestContext) =>
        new ResponseContext(responseStream, response);

    /// <summary>The status that S3 documents for a code, for an error document that came with status 200.</summary>
    /// <returns>Null where the code is not one that S3 may send for a LIST.</returns>
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
}
