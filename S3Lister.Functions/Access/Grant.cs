using System.Text.Json.Serialization;

namespace S3Lister.Functions.Access;

/// <summary>A rule of who may list what.</summary>
/// <param name="Principal">
/// The ARN of an IAM user, a role, an account's root or a federated user, as <see cref="Caller"/> names it; <c>*</c> in it
/// stands for any run of characters.
/// </param>
/// <param name="Prefixes">What such a caller may list: prefixes that end in <c>/</c>, or the empty one for all.</param>
internal sealed record Grant(string Principal, IReadOnlyList<string> Prefixes);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(IReadOnlyList<Grant>))]
internal sealed partial class GrantJsonContext : JsonSerializerContext;
