using System.Text.Json.Serialization;

namespace S3Lister.Benchmarks.Processes;

/// <summary>A function to measure: an executable that polls the Lambda Runtime API.</summary>
/// <param name="Name">The name in tables.</param>
/// <param name="Command">The executable and its arguments, started without a shell.</param>
internal sealed record FunctionSpec(string Name, IReadOnlyList<string> Command)
{
    /// <summary>The folder of the deployment package. Default: the folder of the executable.</summary>
    public string? Package { get; init; }

    /// <summary>The same program as a managed assembly, whose allocations can be measured; null if there is none.</summary>
    public string? Assembly { get; init; }

    /// <summary>Additional environment variables for this function; null for none.</summary>
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
