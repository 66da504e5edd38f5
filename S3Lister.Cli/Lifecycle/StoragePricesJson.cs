using System.Text.Json.Serialization;

namespace S3Lister.Cli.Lifecycle;

/// <summary>Price files. A name that does not exist is an error, and not a price of nothing.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(StoragePrices))]
internal sealed partial class StoragePricesJson : JsonSerializerContext;
