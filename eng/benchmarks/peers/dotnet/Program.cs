using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Amazon.S3;
using Microsoft.Extensions.DependencyInjection;
using S3Lister.Peers;

var services = new ServiceCollection();
services.AddAWSService<IAmazonS3>((config, _) =>
{
    var s3 = (AmazonS3Config)config;
    s3.ServiceURL = Environment.GetEnvironmentVariable("S3LISTER_ENDPOINT");
    s3.AuthenticationRegion = Environment.GetEnvironmentVariable("AWS_REGION");
    s3.ForcePathStyle = true;
});
await using var provider = services.BuildServiceProvider();
Function function = new(provider.GetRequiredService<IAmazonS3>());
Serializer serializer = new();

using var bootstrap = LambdaBootstrapBuilder.Create<APIGatewayHttpApiV2ProxyRequest>(RespondAsync, serializer).Build();
await bootstrap.RunAsync();

// What the Annotations library does with its HttpResults: a string as the body, the response through the serializer.
async Task<Stream> RespondAsync(APIGatewayHttpApiV2ProxyRequest request, ILambdaContext context)
{
    var page = await function.ListAsync(request.QueryStringParameters ?? new Dictionary<string, string>());
    MemoryStream stream = new();
    serializer.Serialize(
        new APIGatewayHttpApiV2ProxyResponse
        {
            StatusCode = 200,
            Headers = new Dictionary<string, string> { ["content-type"] = "application/json" },
            Body = JsonSerializer.Serialize(page, PeerJsonContext.Default.Page),
        },
        stream);
    stream.Position = 0;
    return stream;
}

namespace S3Lister.Peers
{
    /// <summary>As SourceGeneratorLambdaJsonSerializer of Amazon.Lambda.Serialization.SystemTextJson, which has no stand-in.</summary>
    internal sealed class Serializer : ILambdaSerializer
    {
        public T Deserialize<T>(Stream requestStream) => JsonSerializer.Deserialize(requestStream, TypeInfo<T>())!;

        public void Serialize<T>(T response, Stream responseStream) => JsonSerializer.Serialize(responseStream, response, TypeInfo<T>());

        private static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)PeerJsonContext.Default.GetTypeInfo(typeof(T))!;
    }

    [JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(APIGatewayHttpApiV2ProxyRequest))]
    [JsonSerializable(typeof(APIGatewayHttpApiV2ProxyResponse))]
    [JsonSerializable(typeof(Page))]
    internal sealed partial class PeerJsonContext : JsonSerializerContext;
}
