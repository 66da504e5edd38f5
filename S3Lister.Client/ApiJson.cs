using System.Text.Json.Serialization;

namespace S3Lister.Client;

/// <summary>The responses, read without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ObjectPage))]
[JsonSerializable(typeof(Summary))]
[JsonSerializable(typeof(Access))]
[JsonSerializable(typeof(Health))]
[JsonSerializable(typeof(ProblemDetails))]
internal sealed partial class ApiJson : JsonSerializerContext;

/// <summary>The fields of a problem (RFC 9457), and <c>message</c>, which API Gateway's own errors have.</summary>
internal sealed record ProblemDetails(string? Code, string? Detail, string? Parameter, string? RequestId, string? Message);
