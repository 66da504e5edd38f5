using System.Text.Json.Serialization;

namespace S3Lister.Benchmarks.Report;

/// <summary>What a run of <c>process</c> found, with all that is needed to repeat it.</summary>
internal sealed record ProcessReport(string Date, Machine Machine, ProcessSettings Settings, IReadOnlyList<FunctionFigures> Functions);

/// <param name="Rounds">Each function in turn, this many times.</param>
/// <param name="Starts">Processes started in a round.</param>
/// <param name="Pages">Warm pages measured in a round.</param>
/// <param name="WarmUp">Pages before those, not measured.</param>
/// <param name="Keys">Objects in the bucket.</param>
/// <param name="Shape">Of their keys.</param>
/// <param name="LatencyMs">That S3 takes at least for each request.</param>
internal sealed record ProcessSettings(int Rounds, int Starts, int Pages, int WarmUp, long Keys, string Shape, double LatencyMs);

/// <summary>Times are in milliseconds, sizes in bytes; a page has 1000 keys and is JSON.</summary>
internal sealed record FunctionFigures(string Name)
{
    /// <summary>From the process's start to its first request for an event.</summary>
    public required Distribution StartToFirstNext { get; init; }

    /// <summary>From the process's start to its answer to the first event.</summary>
    public required Distribution StartToFirstResponse { get; init; }

    /// <summary>CPU from the start until it asks for the second event.</summary>
    public required Distribution FirstPageCpu { get; init; }

    /// <summary>From handing out the event to the answer.</summary>
    public required Distribution WarmPage { get; init; }

    /// <summary>CPU of the process for a page, a measurement a round.</summary>
    public required Distribution WarmPageCpu { get; init; }

    /// <summary>The part of <see cref="WarmPageCpu"/> in the kernel.</summary>
    public required Distribution WarmPageSystemCpu { get; init; }

    /// <summary>The answer, envelope and all.</summary>
    public required int ResponseBytes { get; init; }

    /// <summary>What goes to the caller.</summary>
    public required int BodyBytes { get; init; }

    /// <summary>The same page compressed, where the function does that; by <c>Accept-Encoding</c>.</summary>
    public required IReadOnlyDictionary<string, CompressedFigures> Compressed { get; init; }

    /// <summary>Allocated for a page, by the managed build of the same program; null where there is none.</summary>
    public required double? GarbagePerPage { get; init; }

    public required long PeakMemoryFirstPage { get; init; }

    public required long PeakMemory { get; init; }

    /// <summary>The deployment package, and its largest file.</summary>
    public required long ZipBytes { get; init; }

    public required long BinaryBytes { get; init; }
}

/// <param name="Cpu">Milliseconds a page.</param>
/// <param name="BodyBytes">What goes to the caller.</param>
internal sealed record CompressedFigures(Distribution Cpu, int BodyBytes);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ProcessReport))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
