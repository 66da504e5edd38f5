using System.Text.Json.Serialization;

namespace S3Lister.Cli.Lifecycle;

/// <summary>Names and layout of the AWS CLI.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LifecycleConfiguration))]
internal sealed partial class LifecycleJson : JsonSerializerContext;
