using System.Text.Json.Serialization;
using S3Lister.Benchmarks.Report;

namespace S3Lister.Benchmarks.Prefixes;

/// <summary>The result and the cost of one run of a program that sums a prefix.</summary>
/// <param name="Objects">The number of objects.</param>
/// <param name="Bytes">The sum of their sizes; null if the program does not report it.</param>
/// <param name="Time">From the start of the process to its complete response.</param>
/// <param name="PeakMemory">The highest resident set, in bytes.</param>
/// <param name="Cpu">The CPU time of the process; null if it is unknown.</param>
internal sealed record PrefixSum(long Objects, long? Bytes, TimeSpan Time, long PeakMemory, TimeSpan? Cpu = null);

/// <summary>The results of one program. Times are in milliseconds, sizes in bytes.</summary>
/// <param name="Requests">The number of requests to S3, including throttled ones.</param>
internal sealed record PrefixFigures(
    string Name, Distribution Time, Distribution? Cpu, long Requests, long PeakMemory, long Objects);

/// <summary>The results of the <c>prefixes</c> command.</summary>
/// <param name="MinimalRequests">The number of LIST requests of a sequential listing.</param>
internal sealed record PrefixReport(
    string Date, Machine Machine, PrefixSettings Settings, long MinimalRequests, IReadOnlyList<PrefixFigures> Ways);

/// <param name="FunctionCpus">The cores that the function may use.</param>
internal sealed record PrefixSettings(int Rounds, long Keys, string Shape, double LatencyMs, double LatencySpread, bool IsTls, int RequestsPerSecond, string FunctionCpus);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(PrefixReport))]
internal sealed partial class PrefixJsonContext : JsonSerializerContext;
