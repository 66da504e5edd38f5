using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;
using Amazon.S3.Model.Internal.MarshallTransformations;

namespace S3Lister.Functions.S3;

/// <summary>Hands out an answer's bytes. The error that a refusal is, the base class reads.</summary>
internal sealed class ListingUnmarshaller : S3ReponseUnmarshaller
{
    public override AmazonWebServiceResponse Unmarshall(UnmarshallerContext context) => Unmarshall((XmlUnmarshallerContext)context);

    public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext context) =>
        new ListObjectsV2Answer { Body = BodyStream.Take(context.Stream) };
}
