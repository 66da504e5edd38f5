using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Amazon.Lambda.Core;

namespace S3Lister.Inventory.Runs;

/// <summary>The events and results of the functions as JSON.</summary>
internal sealed class InventorySerializer : ILambdaSerializer
{
    /// <exception cref="JsonException">The input is not the JSON of such an event.</exception>
    public T Deserialize<T>(Stream requestStream) =>
        JsonSerializer.Deserialize(requestStream, TypeInfo<T>()) ?? throw new JsonException("The event is null.");

    public void Serialize<T>(T response, Stream responseStream) => JsonSerializer.Serialize(responseStream, response, TypeInfo<T>());

    private static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)InventoryJson.Default.GetTypeInfo(typeof(T))!;
}

/// <summary>All JSON of a run except summary and manifest.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(InventoryJob))]
[JsonSerializable(typeof(RoundPlan))]
[JsonSerializable(typeof(ExportEvent))]
[JsonSerializable(typeof(ExportResult))]
[JsonSerializable(typeof(InventoryResult))]
[JsonSerializable(typeof(RoundItem[]))]
[JsonSerializable(typeof(CommitRecord))]
[JsonSerializable(typeof(Progress))]
internal sealed partial class InventoryJson : JsonSerializerContext;
