using System.Text.Json;
using Amazon.Lambda.Annotations.APIGateway;
using S3Lister.Functions.Gateway;

namespace S3Lister.Testing;

/// <summary>The response of a handler, read as API Gateway reads it.</summary>
internal sealed record Envelope(int Status, IReadOnlyDictionary<string, string> Headers, string Body, long Bytes) : ApiResponse(Status, Body)
{
    public static Envelope Of(IHttpResult result)
    {
        using var stream = result.Serialize(new HttpResultSerializationOptions
        {
            Format = HttpResultSerializationOptions.ProtocolFormat.HttpApi,
            Version = HttpResultSerializationOptions.ProtocolVersion.V2,
            Serializer = new EventSerializer(),
        });
        return Read(stream);
    }

    public static Envelope Read(Stream stream)
    {
        var length = stream.Length;
        using var document = JsonDocument.Parse(stream);
        var root = document.RootElement;
        var headers = root.GetProperty("headers").EnumerateObject().ToDictionary(header => header.Name, header => header.Value.GetString()!);
        var body = root.GetProperty("body").GetString()!;
        Assert.Equal(headers.ContainsKey("content-encoding"), root.GetProperty("isBase64Encoded").GetBoolean());
        return new(
            root.GetProperty("statusCode").GetInt32(),
            headers,
            headers.TryGetValue("content-encoding", out var coding) ? Decode(Convert.FromBase64String(body), coding) : body,
            length);
    }
}
