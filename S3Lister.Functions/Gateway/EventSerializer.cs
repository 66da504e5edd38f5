using Amazon.Lambda.Core;
using S3Lister.Listing.Text;

namespace S3Lister.Functions.Gateway;

/// <summary>
/// Reads API Gateway's events. A general serializer would build metadata for the sixty properties of the event's class at
/// startup; this service uses seven.
/// </summary>
internal sealed class EventSerializer : ILambdaSerializer
{
    /// <exception cref="System.Text.Json.JsonException">The input is not valid JSON or not a JSON object.</exception>
    public T Deserialize<T>(Stream requestStream)
    {
        using Utf8Buffer bytes = new();
        while (requestStream.Read(bytes.GetSpan(4096)) is var read and > 0)
        {
            bytes.Advance(read);
        }

        return (T)(object)GatewayEventReader.Read(bytes.Written);
    }

    /// <summary>Not called: responses are streams, which the runtime sends unchanged.</summary>
    public void Serialize<T>(T response, Stream responseStream) => throw new NotSupportedException("Responses are streams.");
}
