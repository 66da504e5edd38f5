using System.Text.Json.Serialization;
using S3Lister.Benchmarks.Report;

namespace S3Lister.Benchmarks.Prefixes;

/// <summary>What one way of summing a prefix found, and what it took.</summary>
/// <param name="Objects">How many there are.</param>
/// <param name="Bytes">Their sizes together; null where the way does not tell.</param>
/// <param name="Time">From the start of the process to its whole answer.</param>
/// <param name="PeakMemory">The highest resident set, in bytes.</param>
/// <param name="Cpu">Of the process; null where it is not known.</param>
internal sealed record PrefixSum(long Objects, long? Bytes, TimeSpan Time, long PeakMemory, TimeSpan? Cpu = null);

/// <summary>Times are in milliseconds, sizes in bytes.</summary>
/// <param name="Requests">That S3 was asked, throttled ones among them.</param>
internal sealed record PrefixFigures(
    string Name, Distribution Time, Distribution? Cpu, long Requests, long PeakMemory, long Objects);

/// <summary>What a run of <c>prefixes</c> found.</summary>
/// <param name="MinimalRequests">The LIST requests of a listing in sequence.</param>
internal sealed record PrefixReport(
    string Date, Machine Machine, PrefixSettings Settings, long MinimalRequests, IReadOnlyList<PrefixFigures> Ways);

/// <param name="FunctionCpus">The cores that our function may use.</param>
internal sealed record PrefixSettings(int Rounds, long Keys, string Shape, double LatencyMs, int RequestsPerSecond, string FunctionCpus);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(PrefixReport))]
internal sealed partial class PrefixJsonContext : JsonSerializerContext;
