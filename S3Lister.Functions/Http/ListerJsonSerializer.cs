using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Lambda.APIGatewayEvents;
using Amazon.Lambda.Serialization.SystemTextJson;

namespace S3Lister.Functions.Http;

/// <summary>
/// Reads API Gateway's events. The base class builds the context with options of its own and would ignore
/// <see cref="JsonSourceGenerationOptionsAttribute"/>; the context's own options are handed over instead.
/// </summary>
internal sealed class ListerJsonSerializer : SourceGeneratorLambdaJsonSerializer<ListerJsonContext>
{
    protected override JsonSerializerOptions CreateDefaultJsonSerializationOptions() =>
        new(ListerJsonContext.Default.Options);
}

/// <remarks>Case-insensitive: the event says <c>iam</c> and <c>userArn</c>, the class <c>IAM</c> and <c>UserARN</c>.</remarks>
[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(APIGatewayHttpApiV2ProxyRequest))]
internal sealed partial class ListerJsonContext : JsonSerializerContext;
