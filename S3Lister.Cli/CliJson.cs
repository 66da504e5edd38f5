using System.Text.Json.Serialization;
using S3Lister.Cli.Export;
using S3Lister.Client;

namespace S3Lister.Cli;

/// <summary>What the commands write and read as JSON, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ExportState))]
[JsonSerializable(typeof(Summary))]
internal sealed partial class CliJson : JsonSerializerContext;
