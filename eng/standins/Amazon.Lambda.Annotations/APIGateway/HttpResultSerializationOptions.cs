using Amazon.Lambda.Core;

namespace Amazon.Lambda.Annotations.APIGateway;

/// <summary>How an <see cref="IHttpResult"/> writes its response.</summary>
public class HttpResultSerializationOptions
{
    public enum ProtocolFormat
    {
        RestApi,
        HttpApi,
    }

    public enum ProtocolVersion
    {
        V1,
        V2,
    }

    public ProtocolFormat Format { get; set; }

    public ProtocolVersion Version { get; set; }

    /// <summary>The function's serializer, for bodies.</summary>
    public ILambdaSerializer Serializer { get; set; }
}
