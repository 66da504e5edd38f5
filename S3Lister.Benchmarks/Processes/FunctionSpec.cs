using System.Text.Json.Serialization;

namespace S3Lister.Benchmarks.Processes;

/// <summary>A function to measure: an executable that polls the Lambda Runtime API.</summary>
/// <param name="Name">For tables.</param>
/// <param name="Command">The executable and its arguments, as they are: no shell is between.</param>
internal sealed record FunctionSpec(string Name, IReadOnlyList<string> Command)
{
    /// <summary>The folder that is the deployment package. Default: the executable's own.</summary>
    public string? Package { get; init; }

    /// <summary>The same program as a managed assembly, whose garbage can be counted; null where there is none.</summary>
    public string? Assembly { get; init; }

    /// <summary>Variables that only this function gets; null for none.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    public static FunctionSpec Of(string executable) => new("S3Lister", [Path.GetFullPath(executable)])
    {
        Assembly = Path.Combine(AppContext.BaseDirectory, "bootstrap.dll"),
    };
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(IReadOnlyList<FunctionSpec>))]
internal sealed partial class FunctionSpecJsonContext : JsonSerializerContext;
