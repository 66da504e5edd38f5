using System.Text.Json.Serialization;
using S3Lister.Benchmarks.Processes;

namespace S3Lister.Benchmarks.Report;

/// <summary>The results of the <c>process</c> command, with everything needed to repeat it.</summary>
internal sealed record ProcessReport(string Date, Machine Machine, ProcessSettings Settings, IReadOnlyList<FunctionFigures> Functions);

/// <param name="Rounds">The number of rounds, each of which measures all functions.</param>
/// <param name="Starts">The number of processes started in a round.</param>
/// <param name="Pages">The number of warm pages measured in a round.</param>
/// <param name="WarmUp">The number of pages before those, which are not measured.</param>
/// <param name="Keys">The number of objects in the bucket.</param>
/// <param name="Shape">The shape of their keys.</param>
/// <param name="IsTls">Whether S3 is reached over TLS.</param>
/// <param name="LatencySpread">How far a latency may be from its mean, as a share of it.</param>
internal sealed record ProcessSettings(
    int Rounds, int Starts, int Pages, int WarmUp, long Keys, string Shape, bool IsTls, double LatencySpread);

/// <summary>The results of one function. Times are in milliseconds, sizes in bytes; a page has 1000 keys and is JSON.</summary>
internal sealed record FunctionFigures(string Name)
{
    public required IReadOnlyList<StartFigures> Starts { get; init; }

    /// <summary>From sending the event to the response.</summary>
    public required Distribution WarmPage { get; init; }

    /// <summary>CPU time of the process for a page, one measurement for each round.</summary>
    public required Distribution WarmPageCpu { get; init; }

    /// <summary>The part of <see cref="WarmPageCpu"/> in the kernel.</summary>
    public required Distribution WarmPageSystemCpu { get; init; }

    /// <summary>The size of the response, including the envelope.</summary>
    public required int ResponseBytes { get; init; }

    /// <summary>The size of the body that the caller receives.</summary>
    public required int BodyBytes { get; init; }

    /// <summary>The same page compressed, by <c>Accept-Encoding</c>, if the function supports it.</summary>
    public required IReadOnlyDictionary<string, CompressedFigures> Compressed { get; init; }

    /// <summary>Bytes that the managed build of the same program allocates for a page; null if there is none.</summary>
    public required double? GarbagePerPage { get; init; }

    public required long PeakMemoryFirstPage { get; init; }

    public required long PeakMemory { get; init; }

    /// <summary>The size of the zipped deployment package.</summary>
    public required long ZipBytes { get; init; }

    /// <summary>The size of the largest file in the deployment package.</summary>
    public required long BinaryBytes { get; init; }
}

/// <param name="Cpu">CPU time of a page, in milliseconds.</param>
/// <param name="BodyBytes">The size of the body that the caller receives.</param>
internal sealed record CompressedFigures(Distribution Cpu, int BodyBytes);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ProcessReport))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
