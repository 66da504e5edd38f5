using Amazon.Lambda.Core;
using S3Lister.Listing.Text;

namespace S3Lister.Functions.Gateway;

/// <summary>
/// Reads API Gateway's events. A serializer that knows the event's class builds a description of its sixty properties
/// before it reads the first one; we use seven.
/// </summary>
internal sealed class EventSerializer : ILambdaSerializer
{
    /// <exception cref="System.Text.Json.JsonException">It is no JSON, or no event of API Gateway.</exception>
    public T Deserialize<T>(Stream requestStream)
    {
        using Utf8Buffer bytes = new();
        while (requestStream.Read(bytes.GetSpan(4096)) is var read and > 0)
        {
            bytes.Advance(read);
        }

        return (T)(object)GatewayEventReader.Read(bytes.Written);
    }

    /// <summary>Answers are streams, which the runtime sends as they are.</summary>
    public void Serialize<T>(T response, Stream responseStream) => throw new NotSupportedException("Answers are streams.");
}
