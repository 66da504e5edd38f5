using Amazon.Runtime;

namespace S3Lister.Functions.S3;

/// <summary>S3's answer, nothing of it read yet. Who reads it disposes of the body.</summary>
/// <remarks>The SDK asks for a constructor without parameters, and never calls it.</remarks>
internal sealed class ListObjectsV2Answer : AmazonWebServiceResponse
{
    public AnswerBody Body { get; init; } = AnswerBody.Of([]);
}
